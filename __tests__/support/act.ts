import { execFile, spawn } from 'node:child_process';
import { cpSync } from 'node:fs';
import { createServer } from 'node:http';
import { basename, delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { action } from './dist.js';
import { close, listen } from './local-server.js';

// Runs the action as a runner does: act starts a workflow with `uses: ./` in a repository that has what a release ships
// and the example, and nothing else. No Docker is needed for that: act runs the jobs on this machine.

const root = fileURLToPath(new URL('../..', import.meta.url));
const execute = promisify(execFile);

/**
 * Makes a repository whose only workflow is a fixture.
 *
 * @param folder where; absolute
 * @param request.remote of GitHub, `owner/name`
 * @returns its only commit
 */
export async function makeRepository(
  folder: string,
  { workflow, remote }: { readonly workflow: string; readonly remote: string },
): Promise<string> {
  for (const name of ['action.yml', 'catalog', 'examples/webhook']) {
    cpSync(join(root, name), join(folder, name), { recursive: true });
  }
  cpSync(dirname(action), join(folder, 'dist'), { recursive: true });
  cpSync(join(root, workflow), join(folder, '.github/workflows', basename(workflow)));
  const git = async (...args: string[]): Promise<string> =>
    (await execute('git', args, { cwd: folder })).stdout.trim();
  await git('init', '--quiet', '--initial-branch=main');
  await git('remote', 'add', 'origin', `https://github.com/${remote}`);
  await git('add', '--all');
  const who = ['-c', 'user.name=test', '-c', 'user.email=test@localhost'];
  await git(...who, 'commit', '--quiet', '--message', 'All');
  return git('rev-parse', 'HEAD');
}

export interface ActRun {
  readonly repository: string;
  /** For act's own files; absolute. */
  readonly scratch: string;
  /** `vars` of the workflow. */
  readonly variables: Readonly<Record<string, string>>;
  /** More of what a runner sets. */
  readonly env?: Readonly<Record<string, string>>;
  /** GITHUB_TOKEN is the job's token. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** The file of the event; absent: a push without one. */
  readonly event?: string;
}

export interface ActEnd {
  readonly exitCode: number | null;
  readonly log: string;
}

/** Runs the workflows that a push starts. */
export async function act(request: ActRun): Promise<ActEnd> {
  const { repository, scratch, variables, env = {}, secrets = {}, event } = request;
  const { stdout } = await execute(join(root, '.ci/act'));
  const args = [
    ...['push', '--platform', 'ubuntu-latest=-self-hosted', '--no-cache-server'],
    ...(event === undefined ? [] : ['--eventpath', event]),
    ...named('--var', variables),
    ...named('--env', env),
    ...named('--secret', secrets),
  ];
  const child = spawn(stdout.trim(), args, {
    cwd: repository,
    env: {
      ...process.env,
      // The action's own Node first: `using: node24`.
      PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter),
      XDG_CACHE_HOME: join(scratch, 'act-cache'),
      XDG_CONFIG_HOME: join(scratch, 'act-config'),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (log += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (log += text));
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject).on('close', resolve);
  });
  return { exitCode, log };
}

function named(flag: string, values: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(values).flatMap(([name, value]) => [flag, `${name}=${value}`]);
}

/** The address of a port where nobody listens: GitHub cannot be reached, and the catalog has to serve. */
export async function unreachableUrl(): Promise<string> {
  const server = createServer();
  const port = await listen(server, '127.0.0.1', 0);
  await close(server);
  return `http://127.0.0.1:${String(port)}`;
}
