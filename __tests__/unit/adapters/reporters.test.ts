import { describe, expect, test } from '@jest/globals';
import { printable } from '../../../src/adapters/printable.js';
import { createActionsReporter } from '../../../src/adapters/reporter-actions.js';
import { createPlainReporter } from '../../../src/adapters/reporter-plain.js';
import { command, placeOf, plain } from '../../../src/adapters/workflow-commands.js';
import { obeyedCommands } from '../../support/runner-log.js';

const evil = [
  '::set-output name=files::evil',
  '  ::error::evil',
  'x\r::add-path::/evil',
  '##[set-env name=PATH]evil',
  'a ##[command]evil',
  '::stop-commands::mine',
  '::mine::',
  '::endgroup::',
];

function actions(): {
  readonly log: () => string;
  readonly reporter: ReturnType<typeof createActionsReporter>;
} {
  let log = '';
  const reporter = createActionsReporter({
    write: (text) => {
      log += text;
    },
    workspace: '/w',
  });
  return { log: () => log, reporter };
}

describe('the reporter in Actions', () => {
  test('what a build prints is shown and never obeyed', () => {
    const { log, reporter } = actions();
    const task = reporter.task('linux-amd64');
    for (const line of evil) task.log(line);
    task.done('loads');
    for (const line of evil) expect(log()).toContain(line);
    expect(obeyedCommands(log())).toEqual(['group', 'endgroup']);
  });

  test.each(evil)('no message of ours can carry a command: %j', (text) => {
    const { log, reporter } = actions();
    reporter.note(text);
    reporter.task(text).fail(text);
    expect(obeyedCommands(log())).toEqual([]);
    reporter.warn(text, { kind: 'file', file: text, line: 1 });
    reporter.detail(text);
    const task = reporter.task('t');
    task.log('one');
    task.fail(text);
    expect(obeyedCommands(log())).toEqual(['warning', 'debug', 'group', 'endgroup']);
  });

  test('tasks side by side do not mix, and each has a title', () => {
    const { log, reporter } = actions();
    const [one, two] = [reporter.task('one'), reporter.task('two')];
    one.log('one 1');
    two.log('two 1');
    one.log('one 2');
    two.fail('broken');
    one.done('loads');
    const lines = log()
      .split('\n')
      .filter((line) => !/^::(stop-commands|[0-9a-f-]{36})::/.test(line));
    expect(lines).toEqual([
      'one: started',
      'two: started',
      '::group::two: failed: broken',
      'two 1',
      '::endgroup::',
      '::group::one: loads',
      'one 1',
      'one 2',
      '::endgroup::',
      '',
    ]);
  });

  test('colours stay', () => {
    const { log, reporter } = actions();
    const task = reporter.task('t');
    task.log('\u001b[31mred\u001b[0m');
    task.done('x');
    expect(log()).toContain('\u001b[31mred\u001b[0m');
  });

  test('closing shows the log of what is still open, once', async () => {
    const { log, reporter } = actions();
    const task = reporter.task('t');
    task.log('so far');
    await reporter.close();
    task.fail('late');
    await reporter.close();
    expect(log().match(/so far/g)).toHaveLength(1);
    expect(log()).toContain('::group::t: failed: not finished');
    expect(log()).not.toContain('late');
  });

  test('the end of a log of any length is kept, and what is left out is counted', () => {
    const { log, reporter } = actions();
    const [many, long, short] = [reporter.task('many'), reporter.task('long'), reporter.task('short')];
    for (let line = 0; line < 25_000; line += 1) many.log(`line ${String(line)}`);
    for (let line = 0; line < 300; line += 1) long.log(String(line).padEnd(64 * 1024));
    for (let line = 0; line < 10_000; line += 1) short.log(`all ${String(line)}`);
    for (const task of [many, long, short]) task.done('loads');
    const shown = (pattern: RegExp): number => log().match(pattern)?.length ?? 0;
    expect([shown(/^line \d+$/gm), shown(/^\d+ +$/gm), shown(/^all \d+$/gm)]).toEqual([10_000, 64, 10_000]);
    expect(log()).toContain('\n... 15000 lines before these are left out\nline 15000\n');
    expect(log()).toContain('\n... 236 lines before these are left out\n236 ');
    expect(log()).toContain('\nline 24999\n');
    expect(shown(/left out/g)).toBe(2);
  });

  test('warnings are annotations at their place', () => {
    const { log, reporter } = actions();
    reporter.warn('50% off,\nreally', { kind: 'file', file: '/w/sub/go.mod', line: 4 });
    reporter.warn('plain');
    expect(log()).toBe('::warning file=sub/go.mod,line=4::50%25 off,%0Areally\n::warning::plain\n');
  });
});

test('a reporter in Actions that holds warnings makes lines of them, and gives them', () => {
  let log = '';
  const write = (text: string): void => void (log += text);
  const reporter = createActionsReporter({ write, workspace: '/w', holdsWarnings: true });
  const where = { kind: 'file', file: 'go.mod', line: 4 } as const;
  reporter.warn('a', where);
  reporter.warn('::error::b');
  expect(log).toMatch(/^warning: go\.mod:4: a\n/);
  expect(obeyedCommands(log)).toEqual([]);
  expect(reporter.held()).toEqual([
    { text: 'a', where },
    { text: '::error::b', where: undefined },
  ]);
});

describe('workflow commands', () => {
  test('are escaped', () => {
    expect(command('error', 'a%\r\nb', { file: 'x:y,z' })).toBe('::error file=x%3Ay%2Cz::a%25%0D%0Ab\n');
  });

  test('ordinary text is printed as it is', () => {
    expect(plain('a: b')).toBe('a: b\n');
  });

  test.each([
    [
      { kind: 'file', file: '/w/go.mod', line: 2, column: 3 },
      { file: 'go.mod', line: '2', col: '3' },
    ],
    [{ kind: 'file', file: 'sub/go.mod' }, { file: 'sub/go.mod' }],
    [{ kind: 'file', file: '/elsewhere/x' }, { file: '/elsewhere/x' }],
    [{ kind: 'input', input: 'server' }, { title: 'input server' }],
    [null, {}],
  ] as const)('placeOf %j', (where, expected) => {
    expect(placeOf(where, '/w')).toEqual(expected);
  });
});

describe('the plain reporter', () => {
  function lines(verbose: boolean): {
    readonly all: string[];
    readonly reporter: ReturnType<typeof createPlainReporter>;
  } {
    const all: string[] = [];
    const out = (line: string): void => void all.push(line);
    return { all, reporter: createPlainReporter({ out, err: (line) => out(`err ${line}`), verbose }) };
  }

  test('shows what a build printed where it failed', () => {
    const { all, reporter } = lines(false);
    const [good, bad] = [reporter.task('good'), reporter.task('bad')];
    good.log('fine');
    bad.log('oops\u001b[31m red\u0007');
    good.done('loads');
    bad.fail('broken');
    reporter.detail('why');
    reporter.warn('careful', { kind: 'input', input: 'server' });
    expect(all).toEqual([
      'good: started',
      'bad: started',
      'good: loads',
      'bad | oops red',
      'bad: failed: broken',
      'err warning: input server: careful',
    ]);
  });

  test('shows the end of a long log, and with verbose everything as it comes', () => {
    const short = lines(false);
    const task = short.reporter.task('t');
    for (let line = 0; line < 150; line += 1) task.log(String(line));
    task.fail('x');
    expect(short.all.slice(1, 3)).toEqual([
      't | ... 50 lines before these are shown with --verbose',
      't | 50',
    ]);
    const verbose = lines(true);
    verbose.reporter.detail('why');
    verbose.reporter.task('t').log('now');
    expect(verbose.all).toEqual(['why', 't: started', 't | now']);
  });
});

test.each([
  ['\u001b[1;31mred\u001b[0m', 'red'],
  ['\u001b]0;title\u0007text', 'text'],
  ['\u001b]8;;http://x\u001b\\link', 'link'],
  ['\u009b2Jx', 'x'],
  ['a\tb\nc', 'a\tb\nc'],
  ['a\r\nb', 'a\nb'],
  ['hidden\rshown\b', 'hiddenshown'],
  ['\u001bPx\u001b\\y', 'y'],
  ['Grün 日本', 'Grün 日本'],
])('printable(%j)', (text, expected) => {
  expect(printable(text)).toBe(expected);
});
