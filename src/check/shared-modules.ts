import { parseModFile, type ModExclude, type ModReplace, type ModRequire } from '../go/modfile.js';
import { compareModuleVersions } from '../go/version.js';
import { targetText } from '../pin/local-replaces.js';
import type { LinesContext } from './context.js';
import type { Finding } from './finding.js';
import { pick, type Picked } from './picked.js';
import { replacedFinding } from './replaced.js';

/** A module of the server's that the plugin's go.mod names. */
interface SharedModule {
  readonly path: string;
  /** The server's version. */
  readonly version: string;
  readonly requires: readonly ModRequire[];
  /** With the lines as they are: what the author tests with. */
  readonly tested: Picked;
  /** With the lines as the build has them; null where it pins the module. */
  readonly built: Picked | null;
}

/** What require, replace and exclude lines make of the server's modules, where that is not what the server has. */
export function sharedModuleFindings(context: LinesContext): readonly Finding[] {
  return sharedModules(context).flatMap((shared) => [
    ...replaceFindings(shared, context),
    ...versionFindings(shared, context),
    ...excludeFindings(shared, context),
  ]);
}

function sharedModules({ mod, server, dependencies, versions }: LinesContext): readonly SharedModule[] {
  const named = new Set([
    ...mod.requires.map(({ path }) => path),
    ...mod.replaces.map(({ old }) => old.path),
    ...mod.excludes.map(({ path }) => path),
  ]);
  const capped = dependencies === 'cap' ? cappedVersions(server) : new Map<string, string>();
  return [...named].flatMap((path) => {
    const version = versions.get(path);
    if (version === undefined) return [];
    const requires = mod.requires.filter((line) => line.path === path);
    const built = dependencies === 'pin' ? null : pick(mod, path, capped.get(path));
    return [{ path, version, requires, tested: pick(mod, path), built }];
  });
}

/** What gomod-cap sets: the versions that the server's go.mod requires. */
function cappedVersions({ goMod, version }: LinesContext['server']): ReadonlyMap<string, string> {
  const { requires } = parseModFile(goMod, `go.mod of gotify ${version}`);
  return new Map(requires.map(({ path, version: required }) => [path, required]));
}

function replaceFindings(shared: SharedModule, context: LinesContext): readonly Finding[] {
  const { path, version, requires, tested, built } = shared;
  // Without a version that is required, each replacement may be the one in use, but not of a version that is excluded.
  const possible =
    tested.require === undefined
      ? context.mod.replaces.filter(({ old }) => old.path === path && !isExcluded(old, context))
      : [tested.replace];
  return [...new Set([...possible, built?.replace])].flatMap((replace) => {
    if (replace === undefined || targetText(replace) === version) return [];
    // A module that is not required may supply nothing to the plugin.
    const isUsed = requires.length > 0 && replace === built?.replace;
    const { server, file, dependencies } = context;
    return [
      replacedFinding({
        replace,
        isUsed,
        isRequired: requires.length > 0,
        reach: reachOf(shared),
        version,
        server: server.version,
        file,
        dependencies,
      }),
    ];
  });
}

function isExcluded({ path, version }: ModReplace['old'], { mod }: LinesContext): boolean {
  return mod.excludes.some((exclude) => exclude.path === path && exclude.version === version);
}

function versionFindings(shared: SharedModule, context: LinesContext): readonly Finding[] {
  const { path, version, requires, tested, built } = shared;
  const [first] = requires;
  if (first === undefined || tested.replace !== undefined || tested.used === version) return [];
  if (tested.require === undefined) {
    // Where the server's version itself is required and excluded, the exclude line says it.
    return requires.some((line) => line.version === version)
      ? []
      : [undecidedFinding(first, { shared, context })];
  }
  const { line, version: required } = tested.require;
  // Under `cap` a replace or an exclude may stand in the way of the version that is set: their findings say so.
  const keepsOther = built?.replace === undefined && built?.used != null && built.used !== version;
  const isSet = built === null || built.used === version;
  const reach = reachOf(shared) === 'direct' ? '' : ' (indirect)';
  const advice = `Require the server's version: \`go get ${path}@${version}\`.`;
  return [
    {
      ...base(shared, context, line),
      level: keepsOther ? 'conflict' : 'drift',
      kind: 'version',
      code: 'version',
      plugin: required,
      what: `go.mod requires ${path} ${required}${reach}, ${comparison(required, version)} ${version} of gotify ${context.server.version}`,
      remedy: isSet
        ? `${advice} The build uses it in any case.`
        : `${advice} Or build with \`dependencies: pin\`.`,
    },
  ];
}

function comparison(plugin: string, server: string): string {
  const order = compareModuleVersions(plugin, server);
  return order < 0 ? 'older than' : order > 0 ? 'newer than' : 'not';
}

function undecidedFinding(
  { version: required, line }: ModRequire,
  { shared, context }: { readonly shared: SharedModule; readonly context: LinesContext },
): Finding {
  const { path, version } = shared;
  return {
    ...base(shared, context, line),
    level: 'drift',
    kind: 'version',
    code: 'version',
    plugin: null,
    what: `go.mod requires ${path} ${required} and excludes it, so that it decides no version; gotify ${context.server.version} has ${version}`,
    remedy: `Require the server's version: \`go get ${path}@${version}\`.`,
  };
}

function excludeFindings(shared: SharedModule, context: LinesContext): readonly Finding[] {
  const { path, version, requires, built } = shared;
  const exclude: ModExclude | undefined = context.mod.excludes.find(
    (line) => line.path === path && line.version === version,
  );
  if (exclude === undefined) return [];
  const isConflict = requires.length > 0 && built !== null && built.used !== version;
  return [
    {
      ...base(shared, context, exclude.line),
      level: isConflict ? 'conflict' : 'drift',
      kind: 'excluded',
      code: 'excluded',
      plugin: null,
      what: `go.mod excludes ${path} ${version}, the version of gotify ${context.server.version}`,
      remedy: isConflict
        ? 'Remove the exclude line. Or build with `dependencies: pin`, which does not heed it.'
        : 'Remove the exclude line: a plugin must have the same version as the server.',
    },
  ];
}

function base(
  shared: SharedModule,
  { file }: LinesContext,
  line: number,
): Pick<Finding, 'module' | 'server' | 'reach' | 'where'> {
  const { path, version } = shared;
  return { module: path, server: version, reach: reachOf(shared), where: { kind: 'file', file, line } };
}

/** One direct require line makes the module a direct one, as for Go. */
function reachOf({ requires }: Pick<SharedModule, 'requires'>): 'direct' | 'transitive' {
  return requires.some(({ indirect }) => !indirect) ? 'direct' : 'transitive';
}
