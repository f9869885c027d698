import type { Where } from '../errors.js';
import type { ModFile, ModReplace } from '../go/modfile.js';
import { replaceInUse } from '../go/replace.js';
import { compareGoVersions, compareModuleVersions } from '../go/version.js';
import type { ServerBuild } from '../gotify/server-build.js';
import { pinnedVersions, targetText, type DependencyRule } from '../pin/local-replaces.js';
import { shortestChain } from '../plugin/check.js';
import type { ListedModule, PluginListing } from '../plugin/listing.js';
import type { Finding } from './finding.js';
import { serverPath } from './notes.js';
import { pick } from './picked.js';
import { replacedFinding } from './replaced.js';
import { someNames, untidyFinding } from './untidy.js';

export interface ListedRequest {
  readonly mod: ModFile;
  /** The name of the plugin's go.mod for messages. */
  readonly file: string;
  readonly server: Pick<ServerBuild, 'version' | 'pinList'>;
  readonly dependencies: DependencyRule;
  /** What the plugin is made of: as it is, or as it is built. */
  readonly listing: PluginListing;
}

/** A module that supplies a package to the plugin. */
interface Used {
  readonly path: string;
  /** What it is made of, as targetText says it where it is replaced. */
  readonly version: string;
  /** The replace that Go uses for it; undefined: none. */
  readonly replace: ModReplace | undefined;
  readonly reach: 'direct' | 'transitive';
  readonly where: Where;
}

/**
 * Where the modules that really go into a plugin are not what the server has: other versions, also of modules that go.mod
 * does not name, and replacements. The server's own module is left to the lines, and to what the build says of it.
 */
export function listedFindings(request: ListedRequest): readonly Finding[] {
  const versions = pinnedVersions(request.mod.module, request.server);
  return usedModules(request).flatMap((module) => {
    const version = versions.get(module.path);
    return version === undefined ? [] : sharedModule(module, version, request);
  });
}

/** The modules that a plugin has packages of and the server has not: as they are built in, so of what is built. */
export function listedOwnModules(request: ListedRequest): readonly Finding[] {
  const versions = pinnedVersions(request.mod.module, request.server);
  return usedModules(request)
    .filter(({ path }) => !versions.has(path) && !serverPath.test(path))
    .map((module) => ownModule(module, request));
}

/**
 * What a listing alone shows of an untidy go.mod: since Go 1.17 a tidy one names every module that supplies a package:
 * https://go.dev/ref/mod#go-mod-file-go.
 */
export function unnamedFindings(request: ListedRequest): readonly Finding[] {
  const { mod, file } = request;
  const old = mod.go === null || compareGoVersions(mod.go.version, '1.17') < 0;
  const missing = usedModules(request).filter(
    ({ path }) => !mod.requires.some((require) => require.path === path),
  );
  return old || missing.length === 0
    ? []
    : [
        untidyFinding(
          `it does not require ${someNames(missing.map(({ path }) => path))}, though the plugin is made with it`,
          { file },
        ),
      ];
}

/** The paths of all modules that supply a package. */
export function supplyingModules({ packages }: PluginListing): ReadonlySet<string> {
  return new Set([...packages.values()].flatMap(({ module }) => (module === undefined ? [] : [module.path])));
}

function usedModules({ mod, file, listing }: ListedRequest): readonly Used[] {
  const modules = new Map<string, ListedModule>();
  for (const { module } of listing.packages.values()) {
    if (module !== undefined && !module.main) modules.set(module.path, module);
  }
  return [...modules.values()].flatMap((module) => {
    const { path, replaces } = module;
    const replace = replaces === undefined ? undefined : replaceInUse(mod, path, replaces);
    const version = replace === undefined ? module.version : targetText(replace);
    return version === null ? [] : [{ path, version, replace, ...placeOf(path, { mod, file, listing }) }];
  });
}

/** Where go.mod brings a module of the listing in: its own require line, else the line of what imports it. */
export function placeOf(
  path: string,
  { mod, file, listing }: Pick<ListedRequest, 'mod' | 'file' | 'listing'>,
): Pick<Used, 'reach' | 'where'> {
  const own = mod.requires.filter((require) => require.path === path);
  const shown = pick(mod, path).require ?? own[0];
  if (shown !== undefined) {
    return {
      // One direct line makes it a direct requirement, as for Go.
      reach: own.some(({ indirect }) => !indirect) ? 'direct' : 'transitive',
      where: { kind: 'file', file, line: shown.line },
    };
  }
  const moduleOf = (name: string): string | undefined => listing.packages.get(name)?.module?.path;
  const chain = shortestChain(listing, (name) => moduleOf(name) === path) ?? [];
  const line = chain
    .map((name) => mod.requires.find((require) => require.path === moduleOf(name))?.line)
    .find((found) => found !== undefined);
  return { reach: 'transitive', where: { kind: 'file', file, ...(line === undefined ? {} : { line }) } };
}

/** A module that the server has too, at that version. */
function sharedModule(module: Used, version: string, request: ListedRequest): readonly Finding[] {
  const { path, replace, reach } = module;
  const { mod, file, server, dependencies } = request;
  // `cap` sets the server's version, and a replace of that one is then in use.
  const capped =
    dependencies === 'cap'
      ? mod.replaces.findLast(({ old }) => old.path === path && old.version === version)
      : undefined;
  const replaces = [...new Set([replace, capped])].flatMap((each) => {
    if (each === undefined || targetText(each) === version) return [];
    const isUsed = dependencies === 'keep' || (dependencies === 'cap' && usedByCap(each, version));
    const isRequired = mod.requires.some((require) => require.path === path);
    const common = { version, server: server.version, file, dependencies };
    return [replacedFinding({ ...common, replace: each, isUsed, isRequired, reach })];
  });
  const isOther = replace === undefined && module.version !== version;
  return isOther ? [...replaces, otherVersion(module, version, request)] : replaces;
}

function usedByCap({ old }: ModReplace, version: string): boolean {
  return old.version === null || old.version === version;
}

function otherVersion({ path, version, reach, where }: Used, to: string, request: ListedRequest): Finding {
  const { mod, server } = request;
  const named = mod.requires.some((require) => require.path === path);
  const order = compareModuleVersions(version, to) < 0 ? 'older' : 'newer';
  return {
    level: 'drift',
    kind: 'version',
    code: 'version',
    module: path,
    plugin: version,
    server: to,
    reach,
    what: `the plugin is made with ${path} ${version}${named ? '' : ', which its dependencies bring in'}: ${order} than ${to} of gotify ${server.version}`,
    remedy: `Require the server's version: \`go get ${path}@${to}\`. With \`dependencies: pin\` the build uses it in any case.`,
    where,
  };
}

function ownModule({ path, version, reach, where }: Used, { server }: ListedRequest): Finding {
  return {
    level: 'note',
    kind: 'own-module',
    code: 'own-module',
    module: path,
    plugin: version,
    server: null,
    reach,
    what: `${path} ${version} is the plugin's own: gotify ${server.version} does not have it`,
    remedy:
      'Nothing to do, unless another plugin of the same server has another version of it: the second one to load is refused.',
    where,
  };
}
