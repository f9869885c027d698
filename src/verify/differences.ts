import type { TargetName } from '../build/target.js';
import type { BuiltModule } from '../go/buildinfo.js';
import type { Module } from '../go/module.js';
import type { AbiManifest } from './manifest.js';
import { isStandard, ownersAmong, ownersFrom, versionText, type OwnerOf } from './owners.js';
import type { PluginAbi } from './plugin-abi.js';
import type { Rejection } from './verdict.js';

export interface ComparisonContext {
  readonly target: TargetName;
  /** The server that the file has to load in: `v3.0.0`. */
  readonly server: string;
  /** The server's build list, for the versions in explanations. */
  readonly serverModules: readonly Module[];
  /** Where the plugin's packages come from, where that is known better than from the file's build info. */
  readonly pluginModules?: ReadonlyMap<string, Module>;
  /** True for a bare file: nobody checked its functions' signatures against plugin-api. */
  readonly bareFile?: boolean;
}

export interface Comparison {
  readonly plugin: PluginAbi;
  readonly manifest: AbiManifest;
  readonly context: ComparisonContext;
  /** The packages in both. */
  readonly common: readonly string[];
}

/** The server's own packages are compiled in a folder of its own (/proj), so a plugin's copies never match. */
const serverPath = /^github\.com\/gotify\/server(\/|$)/;

/** Settings in a file's build info that make the loader refuse it, with the values that do no harm. */
const refusedSettings: Readonly<Record<string, readonly string[]>> = {
  '-trimpath': ['false'],
  '-race': ['false'],
  '-msan': ['false'],
  '-asan': ['false'],
  '-cover': ['false'],
  '-gcflags': [],
  '-asmflags': [],
  '-tags': [],
  '-compiler': ['gc'],
  GOEXPERIMENT: [],
  GOFIPS140: ['off'],
};

/** What our builds set for the plugin's own packages (see go-args.ts), which touches no other. */
const ownLanguage = /^[^\s=]+=-lang=go1\.\d+$/;

/**
 * Explains the packages whose hashes differ: another Go, another version of a module, or a build flag. Packages that
 * differ only because they were compiled against those come last.
 */
export function differencesOf(comparison: Comparison): readonly Rejection[] {
  const { plugin, manifest, common } = comparison;
  const differing = common.filter((path) => plugin.packages.get(path) !== manifest.packages.get(path)).sort();
  if (differing.length === 0) return [];
  const { foreign, own } = byModule(differing, comparison);
  const standard = own.filter(isStandard);
  const causes = [...toolchainReasons(standard, comparison), ...foreign];
  const explained = new Set(causes.flatMap((reason) => reason.packages));
  const rest = own.filter((path) => !explained.has(path));
  if (rest.length === 0) return causes;
  // The standard library imports no module: a difference there with the same Go can only come from a flag.
  const isConsequence = causes.length > 0 && (sameGo(comparison) !== true || !rest.some(isStandard));
  return [...causes, isConsequence ? consequence(rest, causes) : flagReason(rest, plugin)];
}

type Explained = Extract<Rejection, { packages: readonly string[] }>;

interface ByModule {
  /** One reason for each module whose version differs or is not known. */
  readonly foreign: readonly Explained[];
  /** Packages of the standard library, and of modules at the server's version. */
  readonly own: readonly string[];
}

function byModule(differing: readonly string[], comparison: Comparison): ByModule {
  const sides = sidesOf(comparison);
  const groups = new Map<string, { sides: ModuleSides; packages: string[] }>();
  const own: string[] = [];
  for (const path of differing) {
    const found = sides(path);
    if (found === null || !found.differ) {
      own.push(path);
      continue;
    }
    const group = groups.get(found.module) ?? { sides: found, packages: [] };
    groups.set(found.module, group);
    group.packages.push(path);
  }
  return { foreign: [...groups.values()].map((group) => dependencyReason(group.sides, group.packages)), own };
}

interface ModuleSides {
  readonly module: string;
  readonly plugin: string | null;
  readonly server: string | null;
  /** Null versions count as different: it is not known that they are the same. */
  readonly differ: boolean;
}

/** The module of a package and its version on both sides; null for the standard library. */
function sidesOf({ plugin, manifest, context }: Comparison): (path: string) => ModuleSides | null {
  const fromFile = ownersAmong(plugin.modules ?? []);
  const inPlugin =
    context.pluginModules === undefined ? fromFile : ownersFrom(context.pluginModules, fromFile);
  const inServer = serverOwners(manifest, context);
  return (path) => {
    const [ours, theirs] = [inPlugin(path), inServer(path)];
    if (ours === null && theirs === null && isStandard(path)) return null;
    const module = serverModuleOf(path) ?? theirs?.path ?? ours?.path ?? path;
    const [pluginText, serverText] = [textFor(ours, module), textFor(theirs, module)];
    const differ = pluginText === null || pluginText !== serverText || sumsDiffer(ours, theirs);
    return { module, plugin: pluginText, server: serverText, differ };
  };
}

/** The build info of the very server, where the manifest has it, else the build list. */
function serverOwners(manifest: AbiManifest, context: ComparisonContext): OwnerOf {
  return ownersAmong(manifest.modules ?? context.serverModules);
}

function serverModuleOf(path: string): string | null {
  return serverPath.test(path)
    ? path
        .split('/')
        .slice(0, /^github\.com\/gotify\/server\/v\d+/.test(path) ? 4 : 3)
        .join('/')
    : null;
}

function textFor(owner: BuiltModule | null, module: string): string | null {
  if (owner === null) return null;
  return owner.path === module ? versionText(owner) : `${owner.path} ${versionText(owner)}`;
}

/** The same version with other files: a changed copy of the module. */
function sumsDiffer(ours: BuiltModule | null, theirs: BuiltModule | null): boolean {
  return ours?.sum !== undefined && theirs?.sum !== undefined && ours.sum !== theirs.sum;
}

function dependencyReason(sides: ModuleSides, packages: readonly string[]): Explained {
  const { module, plugin, server } = sides;
  return { kind: 'dependency', module, plugin, server, packages, remedy: dependencyRemedy(sides) };
}

function dependencyRemedy({ module, plugin, server }: ModuleSides): string {
  if (serverPath.test(module)) {
    return 'A plugin cannot share packages of the server itself: remove the import, and use github.com/gotify/plugin-api.';
  }
  if (server === null) {
    return `The server's version of ${module} is not known: build with \`dependencies: pin\`, or build the gotify server from source together with the plugin.`;
  }
  if (plugin === server) {
    return `The files of ${module} ${server} are not the same on both sides: build from an unchanged copy of it (no vendor folder, no local replace).`;
  }
  return `Set ${module} to ${server} in the plugin's go.mod, or build with \`dependencies: pin\`, which does so for every module; if the plugin needs another version, build the gotify server from source with that version.`;
}

/** Null: the file does not say which Go built it. */
function sameGo({ plugin, manifest }: Comparison): boolean | null {
  return plugin.goVersion === null ? null : plugin.goVersion === manifest.goVersion;
}

function toolchainReasons(standard: readonly string[], comparison: Comparison): readonly Explained[] {
  if (standard.length === 0 || sameGo(comparison) === true) return [];
  const { plugin, manifest, context } = comparison;
  const server = manifest.goVersion;
  const arch = context.target.slice('linux-'.length);
  const remedy = `Build with Go ${server}, the server's (the image gotify/build:${server}-linux-${arch} has it); or build the gotify server from source with the plugin's Go.`;
  return [{ kind: 'toolchain', plugin: plugin.goVersion, server, packages: standard, remedy }];
}

/** Packages at the server's version that were compiled against the ones above. */
function consequence(packages: readonly string[], causes: readonly Explained[]): Rejection {
  const names = causes.map((cause) => (cause.kind === 'dependency' ? cause.module : 'the standard library'));
  const listed =
    names.length > 3
      ? `${names.slice(0, 3).join(', ')} and ${String(names.length - 3)} more`
      : names.join(', ');
  return {
    kind: 'follows',
    packages,
    remedy: `These are at the server's version but were compiled against ${listed}: they will match once that does.`,
  };
}

function flagReason(packages: readonly string[], plugin: PluginAbi): Rejection {
  const suspects = Object.entries(plugin.flags ?? {})
    .filter(([key, value]) => refusedSettings[key]?.includes(value) === false)
    .filter(([key, value]) => key !== '-gcflags' || !ownLanguage.test(value))
    .map(([key, value]) => `${key}=${value}`);
  const remedy =
    suspects.length > 0
      ? `The file was built with ${suspects.join(' ')}, which the server was not: build without it.`
      : 'Go and the modules are the same, so the build was not: leave out -trimpath, -race, -gcflags and -tags, use no vendor folder, and keep the module cache at /go/pkg/mod as the image gotify/build does (the host builder of this tool maps it).';
  return {
    kind: 'flag',
    packages,
    remedy: `${remedy} Or build the gotify server from source in the same way.`,
  };
}
