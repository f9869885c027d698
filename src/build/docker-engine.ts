import * as v from 'valibot';
import type { Files, Reporter, Runner } from '../ports.js';
import { clientEnvironment, labelArgs, labelPrefix, type EngineTraits } from './docker-argv.js';
import { engineFailure, noDockerClient, noEmulation, notLinux, pullFailure } from './docker-failure.js';
import { isDead, ownerText, type Caller } from './owner.js';
import { parseJson } from './parse-json.js';
import { stopped } from './stopped.js';
import { timedOut, timedOutCode } from './timed-out.js';

/** The docker command, for everything but the steps themselves. */
export interface DockerClient {
  readonly answerSeconds: number;
  /**
   * Runs it to its end, but not longer than `more.seconds` (else exit code `timedOutCode`); by default that is what an engine takes
   * that answers at all.
   *
   * @throws Failure where there is no docker command, or it was stopped
   */
  docker(args: readonly string[], more?: DockerCall): Promise<DockerAnswer>;
}

export interface DockerCall {
  readonly seconds?: number;
  readonly onLine?: (line: string) => void;
  /** Names of variables to hand on, besides what docker itself needs. */
  readonly passedOn?: readonly string[];
}

/** An engine with much to do may need a while; one that hangs needs for ever. */
export const usualAnswerSeconds = 60;

export interface DockerAnswer {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * @param settings.answerSeconds what an engine that answers at all takes at most; usualAnswerSeconds unless given
 * @param settings.signal ends what the client runs, and all that it is asked to run later; absent: nothing does
 */
export function createDockerClient(
  runner: Runner,
  {
    env,
    answerSeconds = usualAnswerSeconds,
    signal,
  }: {
    readonly env: Readonly<Record<string, string | undefined>>;
    readonly answerSeconds?: number | undefined;
    readonly signal?: AbortSignal;
  },
): DockerClient {
  return {
    answerSeconds,
    docker: async (args, { seconds = answerSeconds, onLine, passedOn = [] } = {}) => {
      if (isAborted(signal)) throw stopped();
      const result = await runner.run({
        program: 'docker',
        args,
        env: clientEnvironment(env, passedOn),
        limitSeconds: seconds,
        ...(onLine === undefined ? {} : { onLine }),
        ...(signal === undefined ? {} : { signal }),
      });
      // A signal that came meanwhile is why it ended, whatever it says.
      if (isAborted(signal)) throw stopped();
      if (result.kind === 'not-found') throw noDockerClient();
      return result;
    },
  };
}

/** Asked again after a wait: to the compiler what was looked at once does not change. */
function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
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
  if (answer.exitCode === timedOutCode)
    throw engineFailure(`no answer within ${String(client.answerSeconds)} seconds`);
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

/** @throws Failure where the image cannot be pulled, or not in that time */
export async function pullImage(
  image: string,
  {
    client,
    reporter,
    minutes,
  }: { readonly client: DockerClient; readonly reporter: Reporter; readonly minutes: number },
): Promise<void> {
  const task = reporter.task(`Pull ${image}`);
  const pulled = await client.docker(pullArgs(image), {
    seconds: minutes * 60,
    onLine: (line) => task.log(line),
  });
  if (pulled.exitCode === 0) {
    task.done('pulled');
    return;
  }
  const failure =
    pulled.exitCode === timedOutCode
      ? timedOut(minutes, `pulling ${image}`)
      : pullFailure(image, pulled.stderr);
  task.fail(failure.what);
  throw failure;
}

/**
 * Proves that an engine on another architecture can run an image's programs.
 *
 * @throws Failure where it cannot
 */
export async function checkEmulation(
  engine: Engine,
  trial: TrialContainer,
  client: DockerClient,
): Promise<void> {
  if (engine.architecture === 'x86_64' || engine.architecture === 'amd64') return;
  const answer = await client.docker(emulationArgs(trial));
  if (answer.exitCode !== 0) throw noEmulation(engine.architecture, answer.stderr);
}

/** What an image is tried in. */
export interface TrialContainer {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly image: string;
}

/** The arguments of `docker` that try whether an image's programs run at all. */
export function emulationArgs({ name, labels, image }: TrialContainer): readonly string[] {
  const walls = ['--network', 'none', '--read-only', '--cap-drop', 'ALL', '--user', '65534:65534'];
  const platform = ['--platform', 'linux/amd64', '--pull', 'never'];
  return [
    'run',
    '--rm',
    '--name',
    name,
    ...labelArgs(labels),
    ...platform,
    ...walls,
    '--entrypoint',
    'go',
    image,
    'version',
  ];
}

/** The labels that tell whose container it is, and since when (ms since 1970). */
export function ownerLabels(caller: Caller, now: number): Readonly<Record<string, string>> {
  const { uid, pid } = caller;
  return { uid: String(uid), pid: String(pid), owner: ownerText(caller), since: String(now) };
}

/** Removes the containers of this user that runs left behind which were killed before they could clean up. */
export async function removeOrphans(
  client: DockerClient,
  here: { readonly caller: Caller; readonly now: number; readonly files: Files },
): Promise<void> {
  const listed = await client.docker(orphanArgs(here.caller));
  const orphans: string[] = [];
  for (const line of listed.stdout.split('\n')) {
    const [id = '', owner = '', since = ''] = line.trim().split(' ');
    if (/^\d+$/.test(since) && (await isDead({ owner, since: Number(since) }, here))) orphans.push(id);
  }
  if (orphans.length > 0) await client.docker(removalArgs(orphans));
}

/** The arguments of `docker` that list this user's containers: each with its owner, and since when it is. */
export function orphanArgs({ uid }: Caller): readonly string[] {
  const filter = ['--filter', `label=${labelPrefix}.uid=${String(uid)}`];
  const label = (name: string): string => `{{.Label "${labelPrefix}.${name}"}}`;
  const format = ['{{.ID}}', label('owner'), label('since')].join(' ');
  return ['ps', '--all', '--no-trunc', ...filter, '--format', format];
}

/** The arguments of `docker` that end and remove containers, by name or id. */
export function removalArgs(containers: readonly string[]): readonly string[] {
  return ['rm', '--force', '--volumes', ...containers];
}
