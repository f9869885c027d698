import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repository, start, type Started } from '../shipped.js';
import { giveAll, type Stage, type User } from './stage.js';
import { closedAddress } from '../local-server.js';

/** One user's workspace: the shipped files, the example, and a cache that its runs share. */
export interface Bench {
  readonly stage: Stage;
  readonly user: User;
  readonly dir: string;
  readonly workspace: string;
  readonly output: string;
}

/** Without these files the toolkit speaks to the runner on stdout, as old runners had it. */
const runnerFiles = ['GITHUB_OUTPUT', 'GITHUB_STEP_SUMMARY'] as const;

let count = 0;

/** Makes a user's workspace with what `shipped` holds as the action. */
export async function openBench(stage: Stage, user: User, shipped = repository): Promise<Bench> {
  count += 1;
  const dir = join(stage.dir, `bench ${String(count)}`);
  const workspace = join(dir, 'wörk space');
  await mkdir(workspace, { recursive: true });
  for (const name of ['dist', 'catalog', 'package.json', 'action.yml']) {
    await cp(join(shipped, name), join(dir, 'action', name), { recursive: true });
  }
  await cp(join(repository, 'examples/webhook'), join(workspace, 'plugin'), { recursive: true });
  await mkdir(join(dir, 'cache'));
  for (const name of runnerFiles) await writeFile(join(dir, name), '');
  await giveAll(dir, user);
  return { stage, user, dir, workspace, output: join(workspace, 'dist-plugins') };
}

export interface Circumstances {
  readonly umask?: number;
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts dist/action.js as the runner does: inputs in the environment, as that user. */
export function startAction(
  bench: Bench,
  inputs: Readonly<Record<string, string>>,
  { umask = 0o022, env: more = {} }: Circumstances = {},
): Started {
  const { stage, user, dir, workspace } = bench;
  const all = {
    path: 'plugin',
    server: 'v3.0.0',
    token: 'ghs_secretSecret',
    'server-api-url': closedAddress,
    'cache-dir': join(dir, 'cache'),
    ...inputs,
  };
  const env: Record<string, string | undefined> = {
    PATH: process.env['PATH'],
    HOME: dir,
    DOCKER_HOST: process.env['DOCKER_HOST'],
    GITHUB_WORKSPACE: workspace,
    GITHUB_TOKEN: 'ghs_secretSecret',
  };
  for (const name of runnerFiles) env[name] = join(dir, name);
  for (const [name, value] of Object.entries(all)) env[`INPUT_${name.toUpperCase()}`] = value;
  Object.assign(env, more);
  const groups = user.groups === null ? ['--clear-groups'] : ['--groups', String(user.groups)];
  const as = ['--reuid', String(user.uid), '--regid', String(user.gid), ...groups];
  // A shell would drop variables whose names have a dash, as those of inputs have.
  const before = process.umask(umask);
  try {
    return start('/usr/bin/setpriv', [...as, stage.node, join(dir, 'action/dist/action.js')], env);
  } finally {
    process.umask(before);
  }
}
