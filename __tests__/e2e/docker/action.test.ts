import { cp, mkdir, readdir, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import '../../support/build-timeout.js';
import { leastCompared } from '../../support/compared.js';
import {
  containersOf,
  docker,
  dockerUser,
  giveAll,
  openStage,
  rootUser,
  until,
  type Stage,
} from '../../support/docker/stage.js';
import { openBench, startAction, type Bench } from '../../support/docker/bench.js';
import { spyOnDocker } from '../../support/docker/spy.js';
import { startPrivateProxy } from '../../support/private-proxy.js';
import { readJson, repository, type Started } from '../../support/shipped.js';
import { snapshot } from '../../support/snapshot.js';

// The shipped action, as the runner starts it, with the real engine and images made as gotify/build is.

let stage: Stage;
/** Of root's runs: whoever comes after them need not compile gin again. */
let warmCache = '';

beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.remove());

function sourceOf({ workspace }: Bench): string {
  return join(workspace, 'plugin');
}

/** The plugin is as it was, byte for byte, and no file of the workspace is another user's. */
async function expectUnharmed(bench: Bench, before: readonly string[]): Promise<void> {
  const { uid, gid } = bench.user;
  expect(await snapshot(sourceOf(bench))).toEqual(before);
  expect(await owners(bench.workspace)).toEqual([`${String(uid)}:${String(gid)}`]);
}

async function owners(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder, { recursive: true });
  const found = await Promise.all(names.map((name) => stat(join(folder, name))));
  return [...new Set(found.map(({ uid, gid }) => `${String(uid)}:${String(gid)}`))];
}

describe.each([
  ['an ordinary user', dockerUser],
  ['root', () => Promise.resolve(rootUser)],
])('the shipped action, run by %s', (_, makeUser) => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await openBench(stage, await makeUser());
    warmCache = join(bench.dir, 'cache');
  });

  test('builds the example for amd64 and arm64, proven against v3.0.0', async () => {
    const before = await snapshot(sourceOf(bench));
    const run = startAction(bench, { targets: 'amd64,arm64' });
    const { code, output } = await run.ended;

    expect(output).toContain('loads');
    expect(code).toBe(0);
    const report = readJson(join(bench.output, 'report.json'));
    expect(report).toMatchObject({
      compatible: true,
      builder: 'docker',
      groups: [
        {
          targets: ['linux-amd64', 'linux-arm64'].map((target) => ({
            kind: 'built',
            target,
            file: `webhook-${target}-for-gotify-v3.0.0.so`,
            verdicts: [{ verdict: { kind: 'loads' }, comparedWith: { kind: 'catalog' } }],
          })),
        },
      ],
    });
    expect(leastCompared(report)).toBeGreaterThan(100);
    await expectUnharmed(bench, before);
    expect(await containersOf(run.process.pid)).toEqual([]);
    expect(await readdir(join(bench.dir, 'cache/runs'))).toEqual([]);
    const spoken = output.split('\n').filter((line) => !line.startsWith('::add-mask::'));
    expect(spoken.join('\n')).not.toContain('ghs_secretSecret');
  });

  test('builds a plugin with a private module, whose login only the download step knows', async () => {
    const proxy = await startPrivateProxy(join(bench.dir, 'proxy'));
    const plugin = join(bench.workspace, 'private plugin');
    await cp(join(repository, '__tests__/fixtures/plugins/private-dependency'), plugin, { recursive: true });
    await writeFile(join(plugin, 'go.mod'), proxy.goMod);
    const netrc = join(bench.dir, '.netrc');
    await writeFile(netrc, proxy.netrc, { mode: 0o600 });
    for (const path of [plugin, netrc]) await giveAll(path, bench.user);
    const spy = await spyOnDocker(join(bench.dir, 'spy'), bench.user);
    const env = { ...proxy.env, PATH: `${spy.bin}:${process.env['PATH'] ?? ''}` };
    const run = startAction(bench, { targets: 'amd64', path: 'private plugin' }, { env });
    const { code, output } = await run.ended;
    await proxy.close();
    await rm(netrc);

    expect(output).toContain('loads');
    expect(code).toBe(0);
    expect(proxy.served).toContainEqual(expect.stringMatching(/\.zip$/));
    expect(output).not.toContain('password');
    const steps = await spy.steps();
    const [download = '', compile = ''] = ['download', 'compile'].map((phase) =>
      steps
        .filter(({ name }) => name.includes(`-${phase}-`))
        .map(({ text }) => text)
        .join('\n'),
    );
    for (const seen of ['/tmp/.netrc', '/tmp/certificates.pem', proxy.env['GOPROXY']]) {
      expect(download).toContain(seen);
    }
    expect(compile).toContain('GOPROXY=off');
    for (const secret of proxy.secrets) expect(compile).not.toContain(secret);
    // Root's login was copied for the container's user, and the copy is gone.
    const left = await readdir(join(bench.dir, 'cache'), { recursive: true });
    expect(left.filter((name) => /netrc-/.test(name))).toEqual([]);
  });

  test.each(['SIGINT', 'SIGTERM'] as const)('leaves nothing behind after %s half way', async (signal) => {
    const before = await snapshot(sourceOf(bench));
    const run = startAction(bench, { targets: 'amd64', 'build-flags': '-a' });
    await compiling(run);
    run.process.kill(signal);
    const { code } = await run.ended;

    expect(code).toBe(signal === 'SIGINT' ? 130 : 143);
    await expectUnharmed(bench, before);
    expect(await containersOf(run.process.pid)).toEqual([]);
    expect(await readdir(join(bench.dir, 'cache/runs'))).toEqual([]);
  });

  test('removes what a killed run left, with the next run', async () => {
    const before = await snapshot(sourceOf(bench));
    const killed = startAction(bench, { targets: 'amd64', 'build-flags': '-a' });
    await compiling(killed);
    killed.process.kill('SIGKILL');
    expect((await killed.ended).signal).toBe('SIGKILL');
    expect(await containersOf(killed.process.pid)).toHaveLength(1);
    await expectUnharmed(bench, before);

    const next = startAction(bench, { targets: 'amd64' });
    expect((await next.ended).code).toBe(0);
    await expectUnharmed(bench, before);
    expect(await containersOf(killed.process.pid)).toEqual([]);
    expect(await readdir(join(bench.dir, 'cache/runs'))).toEqual([]);
  });
});

test.each([
  ['a file', 'more.go', 'shared/more.go'],
  ['a package', 'more', 'shared'],
])(
  '%s that is a link out of the module is named, as a container cannot follow it',
  async (_, link, target) => {
    const bench = await openBench(stage, rootUser);
    const plugin = join(bench.workspace, 'linked');
    await cp(join(repository, '__tests__/fixtures/plugins/minimal'), plugin, { recursive: true });
    await mkdir(join(bench.workspace, 'shared'));
    await writeFile(join(bench.workspace, 'shared/more.go'), 'package main\n');
    const imports = link === 'more' ? 'import _ "example.org/plugins/minimal/more"\n' : '';
    await writeFile(join(plugin, 'plugin.go'), `package main\n\n${imports}\nfunc main() {}\n`);
    await symlink(join('..', target), join(plugin, link));
    const { code, output } = await startAction(bench, { targets: 'amd64', path: 'linked' }).ended;

    expect(output).toContain(`linked/${link} is a link to ${join(bench.workspace, target)}`);
    expect(output).toContain('use builder: host');
    expect(code).toBe(2);
  },
);

/** What a runner would obey: https://docs.github.com/actions/reference/workflow-commands-for-github-actions */
const dangerous = /^\s*::(?:set-output|save-state|add-path|set-env|add-mask::plugin|warning file=plugin)/;

test.each([
  ['what a C compiler prints', 'c-error', null],
  ['what a file is called', 'compile-error', '::set-output name=files::stolen.go'],
])('%s cannot speak to the runner', async (_, fixture, name) => {
  const bench = await openBench(stage, rootUser);
  const plugin = join(bench.workspace, 'bad plugin');
  await cp(join(repository, '__tests__/fixtures/plugins', fixture), plugin, { recursive: true });
  if (name !== null) await rename(join(plugin, 'plugin.go'), join(plugin, name));
  const inputs = { targets: 'amd64', path: 'bad plugin', 'cache-dir': warmCache };
  const { code, output } = await startAction(bench, inputs).ended;

  expect(code).toBe(1);
  expect(output).toContain('set-output');
  expect(withoutSealed(output).filter((line) => dangerous.test(line))).toEqual([]);
});

/** The lines that the runner reads as its own: between stop-commands and its token it obeys nothing. */
function withoutSealed(output: string): readonly string[] {
  let token: string | null = null;
  return output.split('\n').filter((line) => {
    const stop = /^::stop-commands::(.+)$/.exec(line)?.[1];
    if (token === null && stop !== undefined) token = stop;
    else if (token !== null && line === `::${token}::`) token = null;
    return token === null;
  });
}

/** Waits for the compile step's container of a run. */
async function compiling(run: Started): Promise<void> {
  await until(async () => {
    const filters = [
      `label=gotify-plugin-build.pid=${String(run.process.pid)}`,
      'name=-compile-',
      'status=running',
    ];
    const ids = await docker('ps', '--quiet', ...filters.flatMap((filter) => ['--filter', filter]));
    return ids === '' ? null : ids;
  }, 120);
}
