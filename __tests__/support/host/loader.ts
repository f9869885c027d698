import { execFile } from 'node:child_process';
import { cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { targetOf } from '../../../src/build/target.js';
import type { ServerBuild } from '../../../src/gotify/server-build.js';
import { expectOk } from './build.js';
import { realHostBuilder } from './builder.js';
import { emptyWorkspace } from './workspace.js';

const source = fileURLToPath(new URL('../loader/main.go', import.meta.url));

export interface Loading {
  readonly loads: boolean;
  readonly error?: string;
  readonly modulePath?: string;
}

/**
 * Builds the real Go loader for this machine (linux-amd64): a program with the server's pin and flags, from the host
 * builder. It stands for the server, which is no program of ours.
 *
 * @returns what the loader says of a file
 */
export async function buildLoader(server: ServerBuild): Promise<(file: string) => Promise<Loading>> {
  const program = await buildLoaderProgram({ server, modulePath: 'example.org/loader', ldflags: '' });
  return (file) => loadIn(program, file);
}

/**
 * The loader's program: with a gotify server's module path and version (`-X main.Version`) it passes for a gotify
 * binary.
 *
 * @returns its path; it lasts as long as the test file
 */
export async function buildLoaderProgram(request: {
  readonly server: ServerBuild;
  readonly modulePath: string;
  /** Besides those of the server. */
  readonly ldflags: string;
  /** More of its source, by file name. */
  readonly sources?: Readonly<Record<string, string>>;
}): Promise<string> {
  const { server, modulePath, ldflags, sources = {} } = request;
  const target = targetOf('linux-amd64');
  const builder = await realHostBuilder({ server });
  const workspace = await emptyWorkspace({ modulePath, server });
  await cp(source, join(workspace.module, 'main.go'));
  for (const [name, text] of Object.entries(sources)) await writeFile(join(workspace.module, name), text);
  const modfile = ['-mod=mod', `-modfile=${workspace.pin}/go.mod`];
  await builder.prepare([target]);
  expectOk(
    await builder.run({ target, workspace, phase: 'download', args: ['list', ...modfile, '-deps', '.'] }),
  );
  const program = join(workspace.out, 'loader');
  const flags = ['-buildvcs=false', '-installsuffix=cgo', `-ldflags=-w -s ${ldflags}`, '-o', program];
  expectOk(
    await builder.run({ target, workspace, phase: 'compile', args: ['build', ...modfile, ...flags, '.'] }),
  );
  return program;
}

/** Where the plugin is of another Go line the runtime finds no module data of its own kind, and ends the program. */
export async function loadIn(program: string, file: string): Promise<Loading> {
  const run = await promisify(execFile)(program, [file]).catch((error: unknown) => crashOf(error));
  if ('loads' in run) return run;
  const said: unknown = JSON.parse(run.stdout);
  if (typeof said !== 'object' || said === null || !('loads' in said) || typeof said.loads !== 'boolean') {
    throw new Error(`the loader says ${run.stdout}`);
  }
  return {
    loads: said.loads,
    ...('error' in said ? { error: String(said.error) } : {}),
    ...('modulePath' in said ? { modulePath: String(said.modulePath) } : {}),
  };
}

function crashOf(error: unknown): Loading {
  const stderr = typeof error === 'object' && error !== null && 'stderr' in error ? String(error.stderr) : '';
  const line = stderr.split('\n')[0] ?? '';
  if (!line.startsWith('fatal error: ')) throw error;
  return { loads: false, error: line };
}
