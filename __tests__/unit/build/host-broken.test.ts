import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { startDeadline, withDeadline } from '../../../src/build/deadline.js';
import { targetOf } from '../../../src/build/target.js';
import { until } from '../../support/host/processes.js';
import { realHostBuilder } from '../../support/host/builder.js';

const target = targetOf('linux-amd64');
const server = {
  version: 'v3.0.0',
  goVersion: '1.26.0',
  pinList: { source: 'go.mod' as const, modules: [] },
};

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'broken host '));
});
afterEach(async () => {
  await rm(dir, { recursive: true });
});

/** A cache folder that remembers a toolchain whose go is this file, and compilers enough for it. */
async function machine(go: string, mode: number): Promise<Parameters<typeof realHostBuilder>[0]> {
  const uid = process.getuid?.() ?? 0;
  const toolchains = join(dir, 'cache', `host-${String(uid)}`, 'toolchains');
  const goroot = join(dir, 'goroot');
  await mkdir(toolchains, { recursive: true });
  await mkdir(join(goroot, 'bin'), { recursive: true });
  await writeFile(join(goroot, 'VERSION'), 'go1.26.0\n');
  await writeFile(join(goroot, 'bin', 'go'), go, { mode });
  const arch = process.arch === 'x64' ? 'amd64' : process.arch;
  const note = { goroot, unchecked: null, at: 0 };
  await writeFile(join(toolchains, `go1.26.0.linux-${arch}.json`), JSON.stringify(note));
  await mkdir(join(dir, 'bin'));
  for (const name of ['gcc', 'x86_64-linux-gnu-gcc']) await writeFile(join(dir, 'bin', name), '');
  await mkdir(join(dir, 'tmp'));
  const env = { PATH: `${join(dir, 'bin')}:${process.env['PATH'] ?? ''}` };
  return { server, cacheDir: join(dir, 'cache'), runDir: join(dir, 'tmp'), env };
}

const step = (): Parameters<Awaited<ReturnType<typeof realHostBuilder>>['run']>[0] => ({
  target,
  workspace: { module: dir, pin: dir, out: dir, replaced: [] },
  phase: 'compile',
  args: ['version'],
});

test('a toolchain that cannot be started is told apart from a plugin that does not build', async () => {
  const builder = await realHostBuilder(await machine('#!/bin/sh\n', 0o644));

  await expect(builder.run(step())).rejects.toMatchObject({
    kind: 'surroundings',
    code: 'toolchain-broken',
    what: expect.stringContaining('Permission denied'),
    remedy: expect.stringContaining('cache-dir'),
  });
  expect(await readdir(join(dir, 'tmp'))).toEqual([]);
});

test('a target without a compiler fails alone, with all that is missing for others too', async () => {
  const options = await machine('#!/bin/sh\n', 0o755);
  await symlink('/usr/bin/timeout', join(dir, 'bin', 'timeout'));
  const only = await realHostBuilder({ ...options, env: { PATH: join(dir, 'bin') } });
  const [arm64, riscv64] = [targetOf('linux-arm64'), targetOf('linux-riscv64')];
  await only.prepare([arm64, target, riscv64]);

  for (const phase of ['download', 'compile'] as const) {
    for (const lacking of [arm64, riscv64]) {
      await expect(only.run({ ...step(), target: lacking, phase })).rejects.toMatchObject({
        kind: 'surroundings',
        code: 'missing-compiler',
        what: 'this machine has no C compiler for linux-arm64, linux-riscv64',
      });
    }
  }
  expect(await only.run(step())).toMatchObject({ kind: 'ok' });
  await expect(only.prepare([arm64, riscv64])).rejects.toMatchObject({ code: 'missing-compiler' });
});

test('what go prints and how it ends is handed on', async () => {
  const builder = await realHostBuilder(await machine('#!/bin/sh\npwd\necho "$*" >&2\nexit 2\n', 0o755));

  expect(await builder.run(step())).toMatchObject({
    kind: 'failed',
    exitCode: 2,
    stdout: `${dir}\n`,
    stderr: 'version\n',
  });
});

test('after its end nothing starts', async () => {
  const builder = await realHostBuilder(await machine('#!/bin/sh\necho started\n', 0o755));
  await builder.close();
  await builder.close();

  await expect(builder.run(step())).rejects.toMatchObject({ kind: 'surroundings', code: 'stopped' });
});

test.each([
  ['a go that is asked what it has', 'echo $$ >"$0.pid"; exec sleep 600'],
  [
    'a go that fetches the like of an installed one',
    '[ "$1" = env ] && echo "$GOROOT_OF_TEST" && exit; echo $$ >"$0.pid"; exec sleep 600',
  ],
])('close ends %s, and nothing is remembered of it', async (_, script) => {
  const options = await machine('#!/bin/sh\n', 0o755);
  const toolchains = join(dir, 'cache', `host-${String(process.getuid?.() ?? 0)}`, 'toolchains');
  await rm(toolchains, { recursive: true });
  const go = join(dir, 'bin', 'go');
  const text = `#!/bin/sh\n${script.replace('"$GOROOT_OF_TEST"', `'${join(dir, 'goroot')}'`)}\n`;
  await writeFile(go, text, { mode: 0o755 });
  const builder = await realHostBuilder(options);
  const prepared = expect(builder.prepare([target])).rejects.toMatchObject({ code: 'stopped' });
  const pid = async (): Promise<string> => readFile(`${go}.pid`, 'utf8').catch(() => '');
  await until(async () => (await pid()).endsWith('\n'));
  await builder.close();
  await prepared;
  const id = Number(await pid());
  expect(() => process.kill(id, 0)).toThrow('ESRCH');
  await expect(readdir(toolchains)).rejects.toMatchObject({ code: 'ENOENT' });
  await expect(builder.prepare([target])).rejects.toMatchObject({ code: 'stopped' });
});

test('describe names the limits, the toolchain and the mapping', async () => {
  const builder = await realHostBuilder({ ...(await machine('#!/bin/sh\n', 0o755)), timeoutMinutes: 30 });
  await builder.prepare([target]);
  const [{ program, args }] = builder.describe({ ...step(), args: ['build', '.'] });

  expect([program, ...args.slice(0, 4)]).toEqual([
    'timeout',
    '-k',
    '2',
    '1800',
    join(dir, 'goroot', 'bin', 'go'),
  ]);
  expect(args.slice(4)).toEqual(['build', expect.stringMatching(/^-toolexec=/), '.']);
  const [download] = builder.describe({ ...step(), phase: 'download', args: ['list', '.'] });
  expect(download.args.slice(4)).toEqual(['list', '.']);
});

test('a cache folder that the compiler cannot map is bad input', async () => {
  await expect(realHostBuilder({ server, cacheDir: join(dir, 'a;b') })).rejects.toMatchObject({
    kind: 'input',
    code: 'unmappable-cache-dir',
    where: { kind: 'input', input: 'cache-dir' },
  });
});

test('replaced folders are where they are', async () => {
  const builder = await realHostBuilder({ server, cacheDir: dir });
  const places = builder.places({ module: '/m', pin: '/p', out: '/o', replaced: ['/lib', '/other'] });
  expect([places.module, places.pin, places.out, places.replaced(1)]).toEqual(['/m', '/p', '/o', '/other']);
});

test('the steps of a target share its time', async () => {
  // The first step is done at once, the next one never.
  const go = '#!/bin/sh\n[ -e "$0.once" ] && exec sleep 600\n: >"$0.once"\n';
  const options = await machine(go, 0o755);
  const builder = await realHostBuilder({ ...options, timeoutMinutes: 20 });
  await builder.prepare([target]);
  const timed = withDeadline(builder, startDeadline(0.05, { now: Date.now }));

  expect(await timed.run(step())).toMatchObject({ kind: 'ok' });
  expect(await timed.run(step())).toEqual({ kind: 'timed-out', minutes: 0.05 });
  // Nothing is even started any more.
  expect(await timed.run(step())).toEqual({ kind: 'timed-out', minutes: 0.05 });
});
