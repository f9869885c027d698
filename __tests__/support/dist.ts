import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';

/** The shipped files, run as whoever uses them runs them; for a try before a commit another build of them. */
const dist = resolve(process.env['GOTIFY_PLUGIN_BUILD_DIST'] ?? 'dist');
export const cli = join(dist, 'cli.js');
export const action = join(dist, 'action.js');
/** The action's Node 24; the command line has to run on the system's Node too. */
export const actionNode = process.execPath;

/** The action's Node, and the system's where it has another one that the command line supports. */
export const systemNodes: readonly string[] = [actionNode, ...systemNode()];

function systemNode(): readonly string[] {
  const found = (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => !folder.includes('node_modules'))
    .map((folder) => join(folder, 'node'))
    .find((file) => existsSync(file));
  if (found === undefined) return [];
  const major = Number(/^v(\d+)/.exec(execFileSync(found, ['--version'], { encoding: 'utf8' }))?.[1]);
  return major >= 20 ? [found] : [];
}

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a file with Node to its end.
 *
 * @param request.env the whole environment, but for PATH and HOME
 * @param request.node another Node than the action's
 * @param request.started gets the process, for who wants to end it early
 */
export function run(request: {
  readonly file: string;
  readonly args?: readonly string[];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly node?: string;
  readonly started?: (child: ChildProcess) => void;
}): Promise<Ended> {
  const { file, args = [], cwd, env = {}, node = actionNode, started } = request;
  return new Promise((done, fail) => {
    const child = spawn(node, [file, ...args], {
      cwd,
      env: { PATH: process.env['PATH'] ?? '', HOME: cwd, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    started?.(child);
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', fail);
    child.on('close', (code, signal) => done({ code, signal, stdout, stderr }));
  });
}

/** The action with inputs, as the runner starts it: files for outputs and the summary, and a workspace. */
export async function runAction(request: {
  readonly workspace: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
}): Promise<Ended & { readonly outputs: Readonly<Record<string, string>>; readonly summary: string }> {
  const { workspace, inputs, env } = request;
  const dir = mkdtempSync(join(tmpdir(), 'gotify-plugin-build-runner-'));
  try {
    const files = { GITHUB_OUTPUT: join(dir, 'output'), GITHUB_STEP_SUMMARY: join(dir, 'summary') };
    for (const file of Object.values(files)) writeFileSync(file, '');
    const inputEnv = Object.fromEntries(
      Object.entries(inputs).map(([name, text]) => [`INPUT_${name.toUpperCase()}`, text]),
    );
    const ended = await run({
      file: action,
      cwd: workspace,
      env: { GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: workspace, ...files, ...inputEnv, ...env },
    });
    return {
      ...ended,
      outputs: readOutputs(readFileSync(files.GITHUB_OUTPUT, 'utf8')),
      summary: readFileSync(files.GITHUB_STEP_SUMMARY, 'utf8'),
    };
  } finally {
    rmSync(dir, { recursive: true });
  }
}

/** The runner's file format: `name<<delimiter`, the lines of the value, the delimiter. */
function readOutputs(text: string): Readonly<Record<string, string>> {
  const found = text.matchAll(/^([^\n<]+)<<(\S+)\n([\s\S]*?)\n\2$/gm);
  return Object.fromEntries([...found].map(([, name = '', , value = '']) => [name, value]));
}
