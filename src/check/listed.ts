import type { Where } from '../errors.js';
import type { ModFile } from '../go/modfile.js';
import { compareGoVersions, compareModuleVersions } from '../go/version.js';
import type { ServerBuild } from '../gotify/server-build.js';
import { pinnedVersions } from '../pin/local-replaces.js';
import { shortestChain } from '../plugin/check.js';
import type { ListedModule, PluginListing } from '../plugin/listing.js';
import type { Finding } from './finding.js';

export interface ListedRequest {
  readonly mod: ModFile;
  /** The name of the plugin's go.mod for messages. */
  readonly file: string;
  readonly server: Pick<ServerBuild, 'version' | 'pinList'>;
  /** What minimal version selection picks for the plugin as it is, without any pin. */
  readonly listing: PluginListing;
}

/** A module that supplies a package to the plugin. */
interface Used {
  readonly path: string;
  readonly version: string;
  readonly reach: 'direct' | 'transitive';
  readonly where: Where;
}

/**
 * What the modules that really go into a plugin have in them that the server's have not: other versions, also of
 * modules that go.mod does not name, and modules of the plugin's own. A replaced module is left to the lines.
 */
export function listedFindings(request: ListedRequest): readonly Finding[] {
  const { mod, server } = request;
  const versions = pinnedVersions(mod.module, server);
  const used = usedModules(request);
  return [
    ...used.flatMap((module) => {
      const version = versions.get(module.path);
      if (version === undefined) return [ownModule(module, request)];
      return version === module.version ? [] : [otherVersion(module, version, request)];
    }),
    ...untidy(used, request),
  ];
}

/** The paths of all modules that supply a package. */
export function supplyingModules({ packages }: PluginListing): ReadonlySet<string> {
  return new Set([...packages.values()].flatMap(({ module }) => (module === undefined ? [] : [module.path])));
}

function usedModules({ mod, file, listing }: ListedRequest): readonly Used[] {
  const replaced = new Set(mod.replaces.map(({ old }) => old.path));
  const modules = new Map<string, ListedModule>();
  for (const { module } of listing.packages.values()) {
    if (module !== undefined && !module.main) modules.set(module.path, module);
  }
  return [...modules.values()].flatMap(({ path, version }) => {
    if (version === null || replaced.has(path)) return [];
    return [{ path, version, ...placeOf(path, { mod, file, listing }) }];
  });
}

/** Its own require line, else the line of what brings it in. */
function placeOf(
  path: string,
  { mod, file, listing }: Pick<ListedRequest, 'mod' | 'file' | 'listing'>,
): Pick<Used, 'reach' | 'where'> {
  const own = mod.requires.find((require) => require.path === path);
  if (own !== undefined) {
    return {
      reach: own.indirect ? 'transitive' : 'direct',
      where: { kind: 'file', file, line: own.line },
    };
  }
  const moduleOf = (name: string): string | undefined => listing.packages.get(name)?.module?.path;
  const chain = shortestChain(listing, (name) => moduleOf(name) === path) ?? [];
  const line = chain
    .map((name) => mod.requires.find((require) => require.path === moduleOf(name))?.line)
    .find((found) => found !== undefined);
  return { reach: 'transitive', where: { kind: 'file', file, ...(line === undefined ? {} : { line }) } };
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

/** Since Go 1.17 a tidy go.mod names every module that supplies a package: https://go.dev/ref/mod#go-mod-file-go. */
function untidy(used: readonly Used[], { mod, file }: ListedRequest): readonly Finding[] {
  const old = mod.go === null || compareGoVersions(mod.go.version, '1.17') < 0;
  const missing = used.filter(({ path }) => !mod.requires.some((require) => require.path === path));
  const [first] = missing;
  if (old || first === undefined) return [];
  const more = missing.length === 1 ? '' : ` and ${String(missing.length - 1)} more`;
  return [
    {
      level: 'note',
      kind: 'not-tidy',
      code: 'not-tidy',
      module: null,
      plugin: null,
      server: null,
      reach: null,
      what: `go.mod is not tidy: it does not require ${first.path}${more}, though the plugin is made with it`,
      remedy: 'Run `go mod tidy` and commit what it changes.',
      where: { kind: 'file', file },
    },
  ];
}
