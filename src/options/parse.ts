import { resolve } from 'node:path';
import { parseBuildFlags } from '../build/flags.js';
import { tokenFor } from '../gotify/github.js';
import { parseServers } from '../gotify/specifier.js';
import { defaultCacheDir } from './cache-dir.js';
import {
  builders,
  defaultOf,
  dependencyRules,
  modes,
  verifications,
  type Entry,
  type InputName,
  type RawOptions,
} from './contract.js';
import type { BuildOptions, CheckOptions, CommonOptions, Options, PublishOnlyOptions } from './options.js';
import { parsePublish, parseRelease } from './parse-publish.js';
import { bad, isTrue, oneOf, quoted, type Read } from './read.js';
import { parseTargets } from './targets.js';

/** What an entry knows besides the inputs. */
export interface ParseContext {
  readonly entry: Entry;
  /** The folder that relative paths start from: the workspace, or the current folder. Absolute. */
  readonly base: string;
  readonly cores: number;
  /** HOME, XDG_CACHE_HOME and GITHUB_API_URL are read; on the command line also GITHUB_TOKEN. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** As Node names it (`process.platform`). */
  readonly platform: NodeJS.Platform;
  readonly dryRun: boolean;
  /** The JSON of the event that started the workflow; asked for only where it matters. */
  readonly event: () => unknown;
}

/**
 * Checks everything that was asked for.
 *
 * @throws Failure (input) for the first input that cannot be, naming it and what may be written there
 */
export function optionsFrom(raw: RawOptions, context: ParseContext): Options {
  const reading = readingOf(raw, context);
  switch (oneOf('mode', modes, reading.read)) {
    case 'build':
      return buildOptions(raw, reading);
    case 'check':
      return checkOptions(raw, reading);
    case 'publish':
      return publishOptions(raw, reading);
  }
}

/**
 * Checks what a command was asked for that names servers and builds nothing to hand on, whatever mode is written.
 *
 * @throws Failure as optionsFrom
 */
export function checkOptionsFrom(raw: RawOptions, context: ParseContext): CheckOptions {
  return checkOptions(raw, readingOf(raw, context));
}

type Reading = ParseContext & { readonly read: Read };

function readingOf(raw: RawOptions, context: ParseContext): Reading {
  const read: Read = (name) => {
    const written = raw[name]?.trim() ?? '';
    return written === '' ? defaultOf(name, context.entry) : written;
  };
  return { ...context, read };
}

function buildOptions(raw: RawOptions, reading: Reading): BuildOptions {
  const { base, read, entry } = reading;
  const builder = builderOf(read) ?? (entry === 'action' ? 'docker' : 'host');
  const verified = verifyPart(reading);
  const token = tokenText(raw, reading);
  const { warnings, ...publish } = parsePublish(raw, { ...reading, token, verify: verified.verify });
  return {
    mode: 'build',
    ...commonOptions(raw, { ...reading, builder }),
    builder,
    path: pathFrom('path', reading),
    servers: parseServers(read('server'), base),
    targets: parseTargets(read('targets')),
    ...verified,
    name: nameOf(read('name')),
    failFast: isTrue('fail-fast', read),
    dryRun: reading.dryRun,
    publish,
    warnings,
  };
}

function checkOptions(raw: RawOptions, reading: Reading): CheckOptions {
  const { base, read, env } = reading;
  const url = env['GITHUB_API_URL'];
  const builder = builderOf(read);
  return {
    mode: 'check',
    ...commonOptions(raw, { ...reading, builder }),
    builder,
    paths: linesOf('path', read('path')),
    servers: parseServers(read('server'), base),
    compile: isTrue('compile', read),
    strict: isTrue('strict', read),
    baseline: isTrue('baseline', read),
    baseRef: baseOf(read('base')),
    fix: isTrue('fix', read),
    repositoryApi: url === undefined || url === '' ? null : { url, token: tokenText(raw, reading) },
  };
}

function publishOptions(raw: RawOptions, reading: Reading): PublishOnlyOptions {
  const token = tokenText(raw, reading);
  return {
    mode: 'publish',
    base: reading.base,
    ...serverApi(raw, reading),
    output: pathFrom('output', reading),
    cacheDir: cacheDirOf(reading),
    folders: linesOf('folders', reading.read('folders')),
    release: parseRelease({ ...reading, token }),
    dryRun: false,
  };
}

/** The API that the server is read from, and the token for it. */
function serverApi(raw: RawOptions, reading: Reading): Pick<CommonOptions, 'serverApiUrl' | 'token'> {
  const serverApiUrl = apiUrl(reading.read('server-api-url'));
  const token = tokenText(raw, reading);
  return {
    serverApiUrl,
    token: tokenFor({ serverApiUrl, gitHubApiUrl: reading.env['GITHUB_API_URL'], token }),
  };
}

function cacheDirOf(reading: Reading): string {
  const { env, platform, read } = reading;
  return read('cache-dir') === '' ? defaultCacheDir(env, platform) : pathFrom('cache-dir', reading);
}

function commonOptions(
  raw: RawOptions,
  reading: Reading & { readonly builder: 'docker' | 'host' | null },
): CommonOptions {
  const { base, builder, read, cores } = reading;
  return {
    base,
    package: packageOf(noNul('package', read('package'))),
    image: imageOf(builder, read),
    dependencies: oneOf('dependencies', dependencyRules, read),
    output: pathFrom('output', reading),
    ...serverApi(raw, reading),
    flags: parseBuildFlags({ ldflags: read('ldflags'), buildFlags: read('build-flags') }),
    concurrency: concurrency(read('concurrency'), cores),
    timeoutMinutes: timeout(read('timeout')),
    cacheDir: cacheDirOf(reading),
  };
}

function pathFrom(name: InputName, { base, read }: Reading): string {
  return resolve(base, noNul(name, read(name)));
}

function linesOf(name: InputName, written: string): readonly string[] {
  const lines = written.split(/[\r\n]+/).map((line) => noNul(name, line.trim()));
  return [...new Set(lines.filter((line) => line !== ''))];
}

/** A dash in front would be an option of git's. */
function baseOf(written: string): string | null {
  if (written === '') return null;
  if (!/^-|[\s\0:]/.test(written)) return written;
  throw bad('base', `${quoted(written)} names no commit, branch or tag`, 'Write one, such as origin/main.');
}

/** The main package as go takes it: `.`, or a path that starts with `./`. */
function packageOf(written: string): string {
  const parts = written.split('/').filter((part) => part !== '' && part !== '.');
  const remedy = 'Write a folder below `path`, such as ./cmd/plugin.';
  if (written.startsWith('/')) throw bad('package', `${quoted(written)} is absolute`, remedy);
  if (parts.includes('..')) throw bad('package', `${quoted(written)} leads out of the module`, remedy);
  if (parts.includes('...')) throw bad('package', `${quoted(written)} names more than one package`, remedy);
  return parts.length === 0 ? '.' : `./${parts.join('/')}`;
}

function builderOf(read: Read): 'docker' | 'host' | null {
  return read('builder') === '' ? null : oneOf('builder', builders, read);
}

function imageOf(builder: 'docker' | 'host' | null, read: Read): string | null {
  const image = read('image');
  if (image === '') return null;
  if (builder === 'host') {
    throw bad('image', 'the host builder uses no image', 'Leave image out, or write builder: docker.');
  }
  const filled = image.replaceAll('{go}', '1.26.0').replaceAll('{arch}', 'amd64');
  // The characters of a reference: https://pkg.go.dev/github.com/distribution/reference
  if (/^[a-z0-9][\w.:/@-]*$/i.test(filled)) return image;
  const remedy =
    'Write a name such as registry.example.org/build:{go}-linux-{arch}; only {go} and {arch} are filled in.';
  throw bad('image', `${quoted(image)} is not an image name`, remedy);
}

function verifyPart(reading: Reading): Pick<BuildOptions, 'verify' | 'manifest'> {
  const { read } = reading;
  const verify = oneOf('verify', verifications, read);
  if (read('manifest') === '') return { verify, manifest: null };
  if (verify === 'static') return { verify, manifest: pathFrom('manifest', reading) };
  throw bad(
    'manifest',
    'nothing is compared with verify: off',
    'Leave manifest out, or write verify: static.',
  );
}

function nameOf(written: string): string | null {
  if (written === '') return null;
  // gotify leaves out files that start with a dot.
  if (/^[A-Za-z0-9_][\w.-]{0,99}$/.test(written)) return written;
  const remedy =
    'Write up to 100 letters, digits, dots, dashes and underscores, with no dot or dash in front.';
  throw bad('name', `${quoted(written)} cannot be the first part of a file name`, remedy);
}

function apiUrl(written: string): string {
  const url = URL.canParse(written) ? new URL(written) : null;
  const remedy = 'Write an address such as https://api.github.com or https://github.example.org/api/v3.';
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw bad('server-api-url', `${quoted(withoutUser(written))} is not the address of an API`, remedy);
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw bad(
      'server-api-url',
      'the address has more than a host and a path',
      `${remedy} A token goes into token.`,
    );
  }
  return url.href.replace(/\/+$/, '');
}

/** Messages must not repeat a password. */
function withoutUser(address: string): string {
  return address.replace(/\/\/.*@/, '//');
}

function tokenText(raw: RawOptions, { entry, env }: ParseContext): string | null {
  const written = raw.token?.trim() ?? '';
  const token = written === '' && entry === 'cli' ? (env['GITHUB_TOKEN'] ?? '') : written;
  if (token === '') return null;
  if (/^[\x21-\x7e]+$/.test(token)) return token;
  throw bad('token', 'the token has characters that no token has', 'Pass the token alone, on one line.');
}

function concurrency(written: string, cores: number): number {
  if (written === '') return Math.max(1, cores);
  if (/^[1-9]\d?$/.test(written)) return Number(written);
  throw bad(
    'concurrency',
    `${quoted(written)} is not a number of targets`,
    'Write a whole number from 1 to 99.',
  );
}

/** GitHub's own limit for a job is five days; a target that needs a day is stuck. */
const longestMinutes = 24 * 60;

function timeout(written: string): number {
  const minutes = /^\d+(\.\d+)?$/.test(written) ? Number(written) : 0;
  if (minutes > 0 && minutes <= longestMinutes) return minutes;
  const remedy = `Write minutes, more than 0 and at most ${String(longestMinutes)}.`;
  throw bad('timeout', `${quoted(written)} is not a time limit`, remedy);
}

function noNul(name: InputName, written: string): string {
  if (!written.includes('\0')) return written;
  throw bad(name, 'the path has a zero byte', 'Write the path of a folder or file.');
}
