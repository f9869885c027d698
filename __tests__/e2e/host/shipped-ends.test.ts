import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import '../../support/build-timeout.js';
import { isCompiler, processesNaming, until } from '../../support/host/processes.js';
import { buildShipped, startShipped } from '../../support/host/shipped-build.js';
import { repository, type Started } from '../../support/shipped.js';

// The shipped command line on the host, ended half way: `-a` gives its compilers something to do whatever is cached.

const plugin = join(repository, '__tests__/fixtures/plugins/minimal');
let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'gotify-ends-'));
});
afterEach(() => {
  rmSync(dir, { recursive: true });
});

interface Compiling {
  readonly started: Started;
  /** What names the run, in the paths that it uses. */
  readonly mark: string;
  readonly runs: string;
}

/** A build whose compilers are at work. */
async function compiling(): Promise<Compiling> {
  const args = ['--build-flags', '-a'];
  const { started, cacheDir } = await startShipped({
    plugin,
    server: 'v3.0.0',
    output: join(dir, 'out'),
    args,
  });
  const mark = `_${String(started.process.pid)}_`;
  await until(async () => (await processesNaming(mark)).some(({ line }) => isCompiler(line)));
  return { started, mark, runs: join(cacheDir, 'runs') };
}

function leftIn({ runs, mark }: Compiling): readonly string[] {
  return readdirSync(runs).filter((name) => name.includes(mark));
}

describe('a build on the host', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('leaves nothing behind after %s half way', async (signal, code) => {
    const run = await compiling();
    const begun = performance.now();
    run.started.process.kill(signal);

    const ended = await run.started.ended;
    expect(performance.now() - begun).toBeLessThan(6000);
    expect(ended.code).toBe(code);
    expect(ended.output).toContain(`${signal}: cleaning up`);
    expect(await processesNaming(run.mark)).toEqual([]);
    expect(leftIn(run)).toEqual([]);
    expect(() => readdirSync(join(dir, 'out'))).toThrow('ENOENT');
  });

  test('takes its compilers along when it is killed, and the next run removes its files', async () => {
    const run = await compiling();
    run.started.process.kill('SIGKILL');

    expect((await run.started.ended).signal).toBe('SIGKILL');
    await until(async () => (await processesNaming(run.mark)).length === 0);
    // What is left goes with whichever run comes next: another test's may be the first.
    const next = await buildShipped({ plugin, server: 'v3.0.0', output: join(dir, 'next') });
    expect(next.code).toBe(0);
    expect(leftIn(run)).toEqual([]);
  });

  test('that takes longer than it may fails with the surroundings, and says which input is about it', async () => {
    const { code, output, report } = await buildShipped({
      plugin,
      server: 'v3.0.0',
      output: join(dir, 'out'),
      args: ['--build-flags', '-a', '--timeout', '0.1'],
    });

    expect(code).toBe(3);
    const failure = {
      kind: 'surroundings',
      code: 'timed-out',
      what: 'it took longer than 0.1 minutes, and was stopped at compiling',
      remedy: expect.stringContaining('Raise timeout'),
      where: { kind: 'input', input: 'timeout' },
    };
    expect(report).toMatchObject({ exitCode: 3, groups: [{ targets: [{ kind: 'failed', failure }] }] });
    expect(output).toContain('it took longer than 0.1 minutes, and was stopped at compiling');
    expect(output).toContain('Raise timeout');
    expect(readFileSync(join(dir, 'out/report.json'), 'utf8')).not.toContain('"built"');
    expect(readdirSync(join(dir, 'out'))).toEqual(['report.json']);
  });
});
