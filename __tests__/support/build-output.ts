import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TargetName } from '../../src/build/target.js';
import { reportJson } from '../../src/report/json.js';
import type {
  BuildReport,
  GroupReport,
  ServerReport,
  ServerVerdict,
  TargetReport,
} from '../../src/report/report.js';
import { compare } from '../../src/verify/compare.js';
import type { AbiManifest } from '../../src/verify/manifest.js';
import { readPluginAbi } from '../../src/verify/plugin-abi.js';
import { parseManifest } from '../../src/verify/read-manifest.js';
import { bytesSource } from './elf.js';
import { catalogServers, type DoubleAsset } from './github-double.js';
import { goElf } from './go-elf.js';
import { sampleReport } from './report.js';
import { zipOf } from './zip.js';

// Output folders as a build leaves them, without the minutes that a build takes: each file has the package hashes of
// its server, so that it is proven to load as a built one is.

/** What a server says of itself: the catalog's manifest, or one made up where the catalog has none. */
export function manifestOf(server: string, target: TargetName): AbiManifest {
  return catalogManifest(server, target) ?? madeUpManifest(server, target);
}

function catalogManifest(server: string, target: TargetName): AbiManifest | null {
  const path = fileURLToPath(new URL(`../../catalog/abi/${server}-${target}.json`, import.meta.url));
  return existsSync(path) ? parseManifest(readFileSync(path, 'utf8'), path) : null;
}

/**
 * The packages that the server has on amd64; those that differ there from v3.0.0's differ here too, and the others are
 * v3.0.0's.
 */
function madeUpManifest(server: string, target: TargetName): AbiManifest {
  const amd64 = catalogManifest(server, 'linux-amd64');
  const newest = catalogManifest('v3.0.0', 'linux-amd64');
  const there = catalogManifest('v3.0.0', target);
  if (amd64 === null || newest === null || there === null) throw new Error(`nothing is known of ${server}`);
  const hashOf = (path: string, hash: string): string => {
    const same = newest.packages.get(path) === hash ? there.packages.get(path) : undefined;
    return same ?? sha256(`${target} ${path} ${hash}`).slice(0, 16);
  };
  const packages = new Map([...amd64.packages].map(([path, hash]) => [path, hashOf(path, hash)]));
  return { ...amd64, target, packages, origin: 'made up' };
}

/** Releases of gotify whose files say what manifestOf says. */
export function serverAssets(
  servers: readonly string[],
  targets: readonly TargetName[],
): Readonly<Record<string, readonly DoubleAsset[]>> {
  const assetOf = (server: string, target: TargetName): DoubleAsset => {
    const { goVersion, packages } = manifestOf(server, target);
    const bytes = goElf({ target, goVersion, packages, main: 'github.com/gotify/server/v2', functions: [] });
    return { name: `gotify-${target}.zip`, bytes: zipOf([{ name: `gotify-${target}`, bytes }]) };
  };
  return Object.fromEntries(
    servers.map((server) => [server, targets.map((target) => assetOf(server, target))]),
  );
}

export const pluginModule = 'example.org/hello';
export const pluginCommit = 'c0ffee'.padEnd(40, '0');

/** The bytes of a plugin that loads in a server. */
export function loadingPlugin(
  server: string,
  target: TargetName,
  more: { readonly salt?: string; readonly size?: number } = {},
): Buffer {
  const { goVersion, packages } = manifestOf(server, target);
  return goElf({
    ...{ target, goVersion, main: pluginModule, ...more },
    packages: new Map([...packages, [pluginModule, '0102030405060708']]),
    functions: ['GetGotifyPluginInfo', 'NewGotifyPluginInstance', 'main'],
  });
}

export interface OutputGroup {
  /** Newest first; the lowest names the files. */
  readonly servers: readonly string[];
  readonly targets: readonly TargetName[];
  /** What did not come to be, in place of a file. */
  readonly failed?: readonly TargetName[];
}

export interface OutputChanges {
  readonly commit?: string | null;
  readonly module?: string;
  /** Makes the files other ones, which load as well. */
  readonly salt?: string;
  /** Bytes that each file has at least. */
  readonly size?: number;
}

/** Writes an output folder: the files of each group, and report.json. @returns what report.json says */
export function writeOutput(
  folder: string,
  groups: readonly OutputGroup[],
  changes: OutputChanges = {},
): BuildReport {
  mkdirSync(folder, { recursive: true });
  const reports = groups.map((group) => groupReport(folder, group, changes));
  const servers = catalogServers().filter(({ tag }) => groups.some((group) => group.servers.includes(tag)));
  const targets = new Set(groups.flatMap((group) => [...group.targets, ...(group.failed ?? [])]));
  const isWhole = groups.every(({ failed = [] }) => failed.length === 0);
  const { module = pluginModule, commit = pluginCommit } = changes;
  const report = sampleReport({
    plugin: { module, package: '.', name: 'hello', commit },
    servers: servers.map(serverReport),
    groups: reports,
    builds: {
      done: reports.flatMap((each) => each.targets).length,
      groups: groups.length,
      targets: targets.size,
    },
    compatible: isWhole,
    exitCode: isWhole ? 0 : 1,
  });
  writeFileSync(join(folder, 'report.json'), reportJson(report, folder));
  return report;
}

function serverReport({ tag, commit, files }: ReturnType<typeof catalogServers>[number]): ServerReport {
  return {
    version: tag,
    tag,
    commit,
    goVersion: (files['GO_VERSION'] ?? '').trim(),
    source: { kind: 'api', url: 'https://api.github.com' },
    pinList: { source: 'go.mod', modules: [] },
  };
}

function groupReport(folder: string, group: OutputGroup, changes: OutputChanges): GroupReport {
  const { servers, targets, failed = [] } = group;
  const version = servers.at(-1) ?? '';
  return {
    goVersion: manifestOf(version, 'linux-amd64').goVersion,
    servers,
    version,
    changes: [
      { module: 'github.com/gin-gonic/gin', from: 'v1.10.0', to: 'v1.11.0', line: 6, reach: 'direct' },
      { module: 'toolchain', from: 'go1.26.3', to: null, line: 4, reach: 'direct' },
    ],
    targets: [
      ...targets.map((target) => builtTarget(target, { folder, servers, version, changes })),
      ...failed.map((target) => failedTarget(target)),
    ],
  };
}

interface Building {
  readonly folder: string;
  readonly servers: readonly string[];
  readonly version: string;
  readonly changes: OutputChanges;
}

function builtTarget(target: TargetName, { folder, servers, version, changes }: Building): TargetReport {
  const { salt = '', size = 0 } = changes;
  const bytes = loadingPlugin(version, target, { salt, size });
  const file = join(folder, `hello-${target}-for-gotify-${version}.so`);
  writeFileSync(file, bytes);
  return {
    ...{ kind: 'built', target, file, size: bytes.length, sha256: sha256(bytes), seconds: 1 },
    verdicts: servers.map((server) => verdictOf(bytes, server, target)),
    referenceHostSeconds: null,
  };
}

/** What a server makes of a file, by what it says of itself. */
export function verdictOf(bytes: Buffer, server: string, target: TargetName): ServerVerdict {
  const verdict = compare(readPluginAbi(bytesSource(bytes)), manifestOf(server, target), {
    target,
    server,
    serverModules: [],
  });
  return { server, verdict, comparedWith: { kind: 'catalog' } };
}

function failedTarget(target: TargetName): TargetReport {
  const failure = {
    kind: 'plugin',
    code: 'compile-error',
    what: 'undefined: x',
    remedy: 'Mend it.',
    where: null,
  } as const;
  return { kind: 'failed', target, failure, seconds: 1 };
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
