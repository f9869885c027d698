import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createRunner } from '../../../src/adapters/runner.js';
import type { CommandResult } from '../../../src/ports.js';

const env = { PATH: process.env['PATH'] ?? '' };

describe('the runner', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'runner-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  function node(script: string, onLine?: (line: string) => void): Promise<CommandResult> {
    const command = { program: process.execPath, args: ['-e', script], env };
    return createRunner().run(onLine === undefined ? command : { ...command, onLine });
  }

  test('gives both streams and the exit code', async () => {
    expect(await node('console.log("out"); console.error("err"); process.exitCode = 3')).toEqual({
      kind: 'exited',
      exitCode: 3,
      stdout: 'out\n',
      stderr: 'err\n',
    });
  });

  test('a program that was killed ends with 137, as in a shell', async () => {
    expect(await node('process.kill(process.pid, "SIGKILL")')).toMatchObject({ exitCode: 137 });
  });

  test.each(['blank and "quotes"', 'dollar $HOME `id`', 'ünïcode', "it's; true"])(
    'starts a program in a folder called %s, with arguments as they are',
    async (name) => {
      const program = join(folder, name, 'a tool');
      await mkdir(join(folder, name));
      await writeFile(program, '#!/bin/sh\nprintf "%s|" "$0" "$@"\n');
      await chmod(program, 0o755);
      const args = ['', 'two words', '*', '$HOME', '"', "'", '\\', '-c'];
      const expected = [program, ...args].map((argument) => `${argument}|`).join('');
      expect(await createRunner().run({ program, args, env })).toMatchObject({
        exitCode: 0,
        stdout: expected,
      });
    },
  );

  test('looks a name up in the PATH of the command, not in its own', async () => {
    const program = 'only-here';
    await mkdir(join(folder, 'bin'));
    await writeFile(join(folder, 'bin', program), '#!/bin/sh\necho found\n');
    const run = (PATH: string): Promise<CommandResult> =>
      createRunner().run({ program, args: [], env: { PATH } });
    // There, but not executable.
    expect(await run(join(folder, 'bin'))).toEqual({ kind: 'not-found', program });
    await chmod(join(folder, 'bin', program), 0o755);
    expect(await run(`/nowhere:${join(folder, 'bin')}`)).toMatchObject({ stdout: 'found\n' });
    expect(await run('/nowhere')).toEqual({ kind: 'not-found', program });
    expect(await createRunner().run({ program: join(folder, 'nothing'), args: [], env })).toMatchObject({
      kind: 'not-found',
    });
  });

  test('hands no variable of its own on', async () => {
    process.env['RUNNER_TEST_SECRET'] = 'secret';
    const script = 'console.log(JSON.stringify([process.env.RUNNER_TEST_SECRET ?? null, process.env.GIVEN]))';
    const result = await createRunner().run({
      program: process.execPath,
      args: ['-e', script],
      env: { ...env, GIVEN: 'yes' },
    });
    delete process.env['RUNNER_TEST_SECRET'];
    expect(result).toMatchObject({ stdout: '[null,"yes"]\n' });
  });

  test('starts in the folder that is asked for', async () => {
    const result = await createRunner().run({ program: 'pwd', args: [], env, cwd: folder });
    expect(result).toMatchObject({ stdout: `${folder}\n` });
  });

  test('hands out whole lines, also where characters come in halves', async () => {
    const lines: string[] = [];
    const script = `
      const bytes = Buffer.from('one\\r\\nzwölf ∑\\n\\nlast ü');
      let i = 0;
      const next = () => i < bytes.length && process.stdout.write(bytes.subarray(i, ++i), () => setTimeout(next, 1));
      next();`;
    const result = await node(script, (line) => lines.push(line));
    expect(lines).toEqual(['one', 'zwölf ∑', '', 'last ü']);
    expect(result).toMatchObject({ stdout: 'one\r\nzwölf ∑\n\nlast ü' });
  });

  test('keeps the end of an output that is too long', async () => {
    const script = `
      const line = 'x'.repeat(1023) + '\\n';
      const block = line.repeat(1024);
      for (let i = 0; i < 80; i++) require('node:fs').writeSync(1, block);
      require('node:fs').writeSync(1, 'the end');`;
    let count = 0;
    const result = await node(script, () => (count += 1));
    if (result.kind !== 'exited') throw new Error('not started');
    expect(count).toBe(80 * 1024 + 1);
    expect(result.stdout).toHaveLength(32 * 1024 * 1024);
    expect(result.stdout.endsWith('x\nthe end')).toBe(true);
  }, 60_000);

  test('hands a very long line out in pieces', async () => {
    const lines: string[] = [];
    await node('process.stdout.write("x".repeat(1000000))', (line) => lines.push(line));
    expect(lines.join('')).toBe('x'.repeat(1_000_000));
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(64 * 1024);
  });

  describe('with a limit', () => {
    const sh = (script: string, limitSeconds: number): Promise<CommandResult> =>
      createRunner().run({ program: 'sh', args: ['-c', script], env, limitSeconds });

    test('a program that is done in time is as without', async () => {
      expect(await sh('echo out; echo "é" >&2; exit 3', 60)).toEqual({
        kind: 'exited',
        exitCode: 3,
        stdout: 'out\n',
        stderr: 'é\n',
      });
    });

    test('one that is not is ended, with 124', async () => {
      expect(await sh('echo begun; exec sleep 600', 0.3)).toMatchObject({ exitCode: 124, stdout: 'begun\n' });
    });

    test('and killed where it does not listen', async () => {
      expect(await sh('trap "" TERM; while :; do read x </dev/zero; done', 0.3)).toMatchObject({
        exitCode: 124,
      });
    });
  });

  describe('a program that is stopped from outside', () => {
    const sh = (script: string, controller: AbortController, limitSeconds?: number): Promise<CommandResult> =>
      createRunner().run({
        ...{ program: 'sh', args: ['-c', script], env, signal: controller.signal },
        ...(limitSeconds === undefined ? {} : { limitSeconds }),
        onLine: (line) => {
          if (line === 'begun') controller.abort();
        },
      });

    test.each([undefined, 600])('ends, with a limit of %s seconds', async (seconds) => {
      const result = await sh('echo begun; exec sleep 600', new AbortController(), seconds);
      expect(result).toMatchObject({ exitCode: 137, stdout: 'begun\n' });
    });

    test('is killed where it does not listen', async () => {
      const script = 'trap "" TERM; echo begun; while :; do read x </dev/zero; done';
      expect(await sh(script, new AbortController())).toMatchObject({ exitCode: 137 });
    });

    test('ends at once where that was before it began', async () => {
      const controller = new AbortController();
      controller.abort();
      expect(await sh('exec sleep 600', controller)).toMatchObject({ exitCode: 137 });
    });

    test('is as without, where nobody stops it', async () => {
      expect(await sh('echo out; exit 3', new AbortController())).toEqual({
        ...{ kind: 'exited', exitCode: 3, stdout: 'out\n', stderr: '' },
      });
    });
  });

  test('a tethered program has a pipe that does not end while we live', async () => {
    const script = '[ -S /dev/fd/3 ] && (read -r x <&3) & sleep 0.3; kill -0 $! && echo waits; kill -9 $!';
    const command = { program: 'sh', args: ['-c', script], env };
    expect(await createRunner().run({ ...command, tether: true })).toMatchObject({ stdout: 'waits\n' });
    expect(await createRunner().run(command)).toMatchObject({ stdout: '' });
  });
});
