import * as v from 'valibot';
import type { Files, Reporter, Runner } from '../ports.js';
import { clientEnvironment, labelPrefix, type EngineTraits } from './docker-argv.js';
import { engineFailure, noDockerClient, noEmulation, notLinux, pullFailure } from './docker-failure.js';
import { isAlive, type Caller } from './owner.js';

/** The docker command, for everything but the steps themselves. */
export interface DockerClient {
  /** @throws Failure where there is no docker command */
  docker(args: readonly string[], onLine?: (line: string) => void): Promise<DockerAnswer>;
}

export interface DockerAnswer {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export function createDockerClient(
  runner: Runner,
  env: Readonly<Record<string, string | undefined>>,
): DockerClient {
  return {
    docker: async (args, onLine) => {
      const result = await runner.run({
        program: 'docker',
        args,
        env: clientEnvironment(env),
        ...(onLine === undefined ? {} : { onLine }),
      });
      if (result.kind === 'not-found') throw noDockerClient();
      return result;
    },
  };
}

/** The engine that answered: its traits, and its machine's architecture as the kernel names it. */
export interface Engine extends EngineTraits {
  readonly architecture: string;
}

const infoSchema = v.object({
  OSType: v.optional(v.string(), ''),
  Architecture: v.optional(v.string(), ''),
  SecurityOptions: v.nullish(v.array(v.string()), []),
  ServerErrors: v.nullish(v.array(v.string()), []),
});

/** The arguments of `docker` that ask an engine what it is. */
export const infoArgs: readonly string[] = ['info', '--format', '{{json .}}'];

/** The arguments of `docker` that tell what an image is for. */
export function inspectArgs(image: string): readonly string[] {
  return ['image', 'inspect', '--format', '{{.Os}}/{{.Architecture}}', image];
}

/** The arguments of `docker` that fetch an image. */
export function pullArgs(image: string): readonly string[] {
  return ['pull', '--platform', 'linux/amd64', image];
}

/**
 * Asks the engine what it is.
 *
 * @throws Failure where there is no client, no engine, no permission on its socket, or no Linux
 */
export async function probeEngine(client: DockerClient): Promise<Engine> {
  const answer = await client.docker(infoArgs);
  const info = v.safeParse(infoSchema, parseJson(answer.stdout));
  if (!info.success) throw engineFailure(answer.stderr.trim() || answer.stdout);
  const { OSType, Architecture, SecurityOptions, ServerErrors } = info.output;
  // Older clients end with 0 here, and only their list of errors says that nobody answered.
  if (answer.exitCode !== 0 || OSType === '')
    throw engineFailure([answer.stderr, ...(ServerErrors ?? [])].join('\n'));
  if (OSType !== 'linux') throw notLinux(OSType);
  const has = (name: string): boolean =>
    SecurityOptions?.some((option) => option.split(',')[0] === `name=${name}`) ?? false;
  return {
    architecture: Architecture,
    rootless: has('rootless'),
    remapsUsers: has('userns'),
    selinux: has('selinux'),
  };
}

/** Those of the images that the engine does not have for linux/amd64. */
export async function missingImages(
  images: readonly string[],
  client: DockerClient,
): Promise<readonly string[]> {
  const present = await Promise.all(
    images.map(async (image) => {
      const found = await client.docker(inspectArgs(image));
      return found.exitCode === 0 && found.stdout.trim() === 'linux/amd64';
    }),
  );
  return images.filter((_, index) => present[index] !== true);
}

/** @throws Failure where the image cannot be pulled */
export async function pullImage(image: string, client: DockerClient, reporter: Reporter): Promise<void> {
  const task = reporter.task(`Pull ${image}`);
  const pulled = await client.docker(pullArgs(image), (line) => task.log(line));
  if (pulled.exitCode === 0) {
    task.done('pulled');
    return;
  }
  const failure = pullFailure(image, pulled.stderr);
  task.fail(failure.what);
  throw failure;
}

/**
 * Proves that an engine on another architecture can run an image's programs.
 *
 * @throws Failure where it cannot
 */
export async function checkEmulation(engine: Engine, image: string, client: DockerClient): Promise<void> {
  if (engine.architecture === 'x86_64' || engine.architecture === 'amd64') return;
  const answer = await client.docker(emulationArgs(image));
  if (answer.exitCode !== 0) throw noEmulation(engine.architecture, answer.stderr);
}

/** The arguments of `docker` that try whether an image's programs run at all. */
export function emulationArgs(image: string): readonly string[] {
  const walls = ['--network', 'none', '--read-only', '--cap-drop', 'ALL', '--user', '65534:65534'];
  const platform = ['--platform', 'linux/amd64', '--pull', 'never'];
  return ['run', '--rm', ...platform, ...walls, '--entrypoint', 'go', image, 'version'];
}

/** The labels that tell whose container it is; none of the owner where the machine has no /proc. */
export function ownerLabels(caller: Caller): Readonly<Record<string, string>> {
  const { uid, pid, startTime, bootId, pidNamespace } = caller;
  if (startTime === null || bootId === null || pidNamespace === null) return {};
  return { uid: String(uid), pid: String(pid), start: startTime, boot: bootId, pidns: pidNamespace };
}

/**
 * Removes the containers that runs left behind which were killed before they could clean up: those of this user, boot
 * and pid namespace whose process is gone. All others are left alone, as nobody here can tell about them.
 */
export async function removeOrphans(caller: Caller, client: DockerClient, files: Files): Promise<void> {
  const args = orphanArgs(caller);
  if (args === null) return;
  const listed = await client.docker(args);
  const orphans: string[] = [];
  for (const line of listed.stdout.split('\n')) {
    const [id = '', pid = '', startTime = ''] = line.trim().split(' ');
    if (/^\d+$/.test(pid) && startTime !== '' && !(await isAlive({ pid: Number(pid), startTime }, files)))
      orphans.push(id);
  }
  if (orphans.length > 0) await client.docker(removalArgs(orphans));
}

/** The arguments of `docker` that list this user's containers of this boot; null where the machine has no /proc. */
export function orphanArgs(caller: Caller): readonly string[] | null {
  const { uid, boot, pidns } = ownerLabels(caller);
  if (uid === undefined || boot === undefined || pidns === undefined) return null;
  const filters = Object.entries({ uid, boot, pidns }).flatMap(([name, value]) => [
    '--filter',
    `label=${labelPrefix}.${name}=${value}`,
  ]);
  const label = (name: string): string => `{{.Label "${labelPrefix}.${name}"}}`;
  const format = ['{{.ID}}', label('pid'), label('start')].join(' ');
  return ['ps', '--all', '--no-trunc', ...filters, '--format', format];
}

/** The arguments of `docker` that end and remove containers, by name or id. */
export function removalArgs(containers: readonly string[]): readonly string[] {
  return ['rm', '--force', '--volumes', ...containers];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
