import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { repository } from '../../support/shipped.js';

// Of .ci/run, but among these: only root can become somebody else.

const run = promisify(execFile);
let dir = '';
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'unprivileged '));
  await chmod(dir, 0o755);
});
afterAll(() => rm(dir, { recursive: true }));

async function unprivileged(...command: readonly string[]): Promise<string> {
  const env = { ...process.env, TMPDIR: '/root/tmp', GOPATH: '/root/go', XDG_CACHE_HOME: '/root/.cache' };
  const args = [join(dir, 'home'), ...command];
  return (await run(join(repository, '.ci/unprivileged'), args, { env })).stdout.trim();
}

test('a command runs as nobody, without any right, in a copy of the checkout that is his', async () => {
  const script = [
    'id -u; id -G; grep CapBnd /proc/self/status; grep NoNewPrivs /proc/self/status',
    'pwd; echo "$HOME" "${TMPDIR-}" "${GOPATH-}" "${XDG_CACHE_HOME-}"',
    'test -e node_modules && echo installed',
    'git rev-parse HEAD',
    'touch "$HOME/mine" new',
  ];
  const [uid, groups, capabilities, privileges, cwd, own, commit] = (
    await unprivileged('bash', '-c', script.join('\n'))
  ).split('\n');
  const home = join(dir, 'home');
  expect({ uid, groups, cwd, own }).toEqual({
    uid: '65534',
    groups: '65534',
    cwd: join(home, 'checkout'),
    own: `${home}   `,
  });
  expect([capabilities, privileges]).toEqual(['CapBnd:\t0000000000000000', 'NoNewPrivs:\t1']);
  expect(commit).toBe((await run('git', ['-C', repository, 'rev-parse', 'HEAD'])).stdout.trim());
  expect((await stat(join(home, 'checkout/new'))).uid).toBe(65534);
  await expect(stat(join(repository, 'new'))).rejects.toMatchObject({ code: 'ENOENT' });
});

test('the home stays for the next command, and the copy is a new one', async () => {
  await unprivileged('touch', 'left');
  expect(await unprivileged('bash', '-c', 'ls "$HOME"; test -e left || echo new')).toBe(
    'checkout\nmine\nnew',
  );
});

test('a folder that nobody may enter is named', async () => {
  await chmod(dir, 0o700);
  try {
    await expect(unprivileged('true')).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining(`other users may not enter ${join(dir, 'home')}`),
    });
  } finally {
    await chmod(dir, 0o755);
  }
});

test('its exit code is the command’s', async () => {
  await expect(unprivileged('sh', '-c', 'exit 7')).rejects.toMatchObject({ code: 7 });
});
