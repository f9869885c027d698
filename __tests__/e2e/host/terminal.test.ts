import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { cli, run, systemNodes } from '../../support/dist.js';
import { sharedCacheDir } from '../../support/host/cache.js';
import { until } from '../../support/host/processes.js';

let output = '';
let args: readonly string[] = [];

beforeAll(async () => {
  output = mkdtempSync(join(tmpdir(), 'gotify-plugin-build-terminal-'));
  const plugin = ['--path', resolve('examples/webhook'), '--server', 'v3.0.0', '--output', output];
  // Nothing listens there: the catalog serves.
  const facts = ['--server-api-url', 'http://127.0.0.1:9', '--cache-dir', await sharedCacheDir()];
  args = [cli, 'build', ...plugin, ...facts];
});

afterAll(() => rmSync(output, { recursive: true }));

const runsOf = async (pid: number): Promise<readonly string[]> =>
  readdirSync(join(await sharedCacheDir(), 'runs')).filter((name) => name.includes(`_${String(pid)}_`));

test.each(systemNodes)(
  'Ctrl+C at a terminal ends a build that prints, and leaves nothing, on %s',
  async (node) => {
    // script(1), which every Debian has, gives the program a terminal of its own, and passes on what is typed.
    const quoted = [node, ...args, '--build-flags', '-a\n-v'].map(
      (arg) => `'${arg.replaceAll("'", "'\\''")}'`,
    );
    const command = `stty cols 100 rows 40; echo "pid $$"; exec ${quoted.join(' ')}`;
    const env = { ...process.env, TERM: 'xterm', CI: '' };
    const terminal = spawn('script', ['-qec', command, '/dev/null'], {
      env,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    let screen = '';
    terminal.stdout.setEncoding('utf8').on('data', (text: string) => (screen += text));
    const ended = once(terminal, 'close');
    await until(async () => screen.includes('linux-amd64 | '));
    const pid = Number(/pid (\d+)/.exec(screen)?.[1]);
    expect(await runsOf(pid)).toHaveLength(1);

    terminal.stdin.write('\u0003');

    expect(await ended).toEqual([130, null]);
    expect(screen).toContain('SIGINT: cleaning up');
    expect(screen).not.toContain('    at ');
    expect(await runsOf(pid)).toEqual([]);
    expect(existsSync(join(output, 'report.json'))).toBe(false);
  },
);

test('a build whose reader has gone ends as if somebody read it', async () => {
  const ended = await run({
    file: cli,
    args: args.slice(1),
    cwd: output,
    env: Object.fromEntries(
      Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    ),
    started: (child) => child.stdout?.destroy(),
  });
  expect(ended).toMatchObject({ code: 0, stdout: '' });
  const report: unknown = JSON.parse(readFileSync(join(output, 'report.json'), 'utf8'));
  expect(report).toMatchObject({ compatible: true, groups: [{ targets: [{ kind: 'built' }] }] });
});
