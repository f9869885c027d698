import { Failure, type FailureParts } from '../errors.js';
import { noSpaceLine, wasKilled } from './tool-words.js';

const host = 'or use the host builder (builder: host), which needs no Docker';

/** `docker` is not on this machine. */
export function noDockerClient(): Failure {
  return surroundings({
    code: 'no-docker-client',
    what: 'there is no docker command on this machine',
    remedy: `Install Docker, ${host}.`,
  });
}

/**
 * What the answer of `docker info` means where it is not a usable engine's.
 *
 * @param said the command's error output, or the engine's own complaint
 */
export function engineFailure(said: string): Failure {
  const cause = causeOf(said);
  if (/permission denied/i.test(said)) {
    return surroundings({
      code: 'docker-permission',
      what: "this user may not use the Docker engine's socket",
      remedy: `Add the user to the group docker (sudo usermod -aG docker "$USER") and log in again, ${host}.`,
      cause,
    });
  }
  return surroundings({
    code: 'no-docker-engine',
    what: `the Docker engine does not answer: ${firstLine(said)}`,
    remedy: `Start it (sudo systemctl start docker), or check DOCKER_HOST and DOCKER_CONTEXT, ${host}.`,
    cause,
  });
}

/** The engine runs Windows containers. */
export function notLinux(osType: string): Failure {
  return surroundings({
    code: 'docker-not-linux',
    what: `the Docker engine runs ${osType} containers, and the images are Linux`,
    remedy: `Switch Docker to Linux containers, ${host}.`,
  });
}

/** The engine's machine cannot run the image's amd64 programs. */
export function noEmulation(architecture: string, said: string): Failure {
  return surroundings({
    code: 'docker-no-emulation',
    what: `the build images are for amd64, and the Docker engine's machine (${architecture}) cannot run them`,
    remedy:
      'Use the host builder (builder: host), which needs no amd64 machine, or set up emulation (docker run --privileged --rm tonistiigi/binfmt --install amd64).',
    cause: causeOf(said),
  });
}

/** Why `docker pull` failed. */
export function pullFailure(image: string, said: string): Failure {
  const cause = causeOf(said);
  if (/toomanyrequests|rate limit|429 Too Many/i.test(said)) {
    return surroundings({
      code: 'image-rate-limited',
      what: `the registry refuses to send ${image} for now: too many pulls from this address`,
      remedy: `Log in before (docker login, or docker/login-action), wait, name a copy of the image (image), ${host}.`,
      cause,
    });
  }
  if (/manifest unknown|not found|does not exist|pull access denied|no matching manifest/i.test(said)) {
    return surroundings({
      code: 'image-not-found',
      what: `there is no image ${image} for linux/amd64, or this user may not see it`,
      remedy: `Name another image (image), ${host}.`,
      cause,
    });
  }
  if (/no space left on device/i.test(said)) return diskFull('the image', cause);
  return surroundings({
    code: 'image-pull-failed',
    what: `the image ${image} could not be pulled: ${lastLine(said)}`,
    remedy: `Check the network and the registry and run it again, name another image (image), ${host}.`,
    cause,
  });
}

/** How a container that did not end well ended. */
export interface ContainerEnd {
  readonly image: string;
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** What the engine says of it; null where it does not know the container. */
  readonly outOfMemory: boolean | null;
}

/**
 * What in the surroundings made a step fail; null where the go command itself says no.
 * Exit codes: 125 is docker's own failure, 126 and 127 a program that cannot be started (docker run's reference).
 */
export function stepFailure(end: ContainerEnd): Failure | null {
  const said = `${end.stdout}\n${end.stderr}`;
  const cause = causeOf(end.stderr);
  const full = noSpaceLine(said);
  if (full !== null) return isTemporary.test(full) ? temporaryFull(cause) : diskFull('the build', cause);
  if (end.outOfMemory === true || end.exitCode === 137 || wasKilled(said)) return outOfMemory(cause);
  if (/exec format error/.test(end.stderr) && end.exitCode !== 1)
    return noEmulation('another architecture', end.stderr);
  if (end.exitCode === 126 || end.exitCode === 127) return noGo(end.image, cause);
  if (end.exitCode !== 125) return null;
  return engineGone(end.stderr) ? engineLost(cause) : dockerRefused(end, cause);
}

/** A plugin's file or folder that the unprivileged user in the container may not read; null where it is something else. */
export function unreadableSource(said: string): Failure | null {
  const path = unreadablePath(said);
  if (path === null) return null;
  return surroundings({
    code: 'source-not-readable',
    what: `the container may not read ${path}: as root started the build, it runs as an unprivileged user`,
    remedy:
      "Make the plugin's folder readable for all (chmod -R a+rX), or start the build as the folder's owner.",
  });
}

/** As the container sees it. Where Go may not even enter the module's folder, it says that there is no module. */
function unreadablePath(said: string): string | null {
  if (/^go: cannot find main module, but -modfile was set\b/m.test(said)) return '/proj';
  // A compiler's messages may quote the source.
  const lines = said.split('\n').filter((line) => !/: (?:fatal )?error: |: note: |^\s*\d*\s*\|/.test(line));
  const pattern = /(\/(?:proj|replaced\/\d+)(?:\/[^\n:]*)?): permission denied/;
  return pattern.exec(lines.join('\n'))?.[1] ?? null;
}

function engineGone(stderr: string): boolean {
  return /Cannot connect to the Docker daemon|error during connect|error waiting for container|unexpected EOF/.test(
    stderr,
  );
}

function engineLost(cause: Error): Failure {
  return surroundings({
    code: 'docker-engine-lost',
    what: 'the Docker engine went away during the build',
    remedy: `See why it stopped (journalctl -u docker) and run it again, ${host}.`,
    cause,
  });
}

function dockerRefused(end: ContainerEnd, cause: Error): Failure {
  const path = /bind source path does not exist: (.*?)\.?$/m.exec(end.stderr)?.[1];
  if (path !== undefined) {
    return surroundings({
      code: 'docker-no-such-folder',
      what: `the Docker engine does not see the folder ${path}: it runs on another machine, or its socket was handed into a container`,
      remedy: `Use an engine that shares this machine's files, ${host}.`,
      cause,
    });
  }
  return surroundings({
    code: 'docker-run-failed',
    what: `docker could not run ${end.image}: ${firstLine(end.stderr)}`,
    remedy: `Correct what docker complains of and run it again, ${host}.`,
    cause,
  });
}

function noGo(image: string, cause: Error): Failure {
  return surroundings({
    code: 'image-without-go',
    what: `the image ${image} has no go command in its PATH that can be started`,
    remedy: `Name an image that is built like gotify/build (image), ${host}.`,
    cause,
  });
}

function outOfMemory(cause: Error): Failure {
  return surroundings({
    code: 'out-of-memory',
    what: 'the build was killed (exit code 137), most likely because the memory ran out',
    remedy:
      'Build fewer targets at once (concurrency: 1), or give the machine or the Docker engine more memory.',
    cause,
  });
}

function diskFull(what: string, cause: Error): Failure {
  return surroundings({
    code: 'disk-full',
    what: `there is no space left on the disk for ${what}`,
    remedy:
      'Free some space where cache-dir and the Docker engine keep their files (docker system df shows its part).',
    cause,
  });
}

/** A path in the container's /tmp, where go's `$WORK` is too. */
const isTemporary = /(?:^|[\s:'"])(?:\/tmp\/|\$WORK\/)/;

/** The container's /tmp is a part of the memory. */
function temporaryFull(cause: Error): Failure {
  return surroundings({
    code: 'disk-full',
    what: 'there is no space left for temporary files, which the container keeps in memory',
    remedy:
      'Build fewer targets at once (concurrency: 1), or give the machine or the Docker engine more memory.',
    cause,
  });
}

function surroundings(parts: FailureParts): Failure {
  return new Failure('surroundings', parts);
}

function causeOf(said: string): Error {
  return new Error(said.trim().slice(-4000));
}

function firstLine(said: string): string {
  const line = said.trim().split('\n')[0] ?? '';
  return line === '' ? 'it says nothing' : line.replace(/\.$/, '');
}

function lastLine(said: string): string {
  return firstLine(said.trim().split('\n').at(-1) ?? '');
}
