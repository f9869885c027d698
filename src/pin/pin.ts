import { Failure } from '../errors.js';
import { parseModFile, type ModFile, type ModReplace, type ModRequire } from '../go/modfile.js';
import { unionSums } from '../go/sumfile.js';
import { compareGoVersions, fittingGoLine, knowsThreeParts, languageVersion } from '../go/version.js';
import { loopsThen, losesLoopVariables } from './language.js';
import type { ServerBuild } from '../gotify/server-build.js';
import type { Change } from './change.js';
import {
  keptReplaces,
  pinnedVersions,
  rewriteLocalReplaces,
  targetText,
  type LocalReplace,
} from './local-replaces.js';
import { printBuildOnly } from './print.js';

export type { LocalReplace } from './local-replaces.js';

export interface PinRequest {
  /** The text of the plugin's go.mod, and its path for messages. */
  readonly goMod: string;
  readonly file: string;
  /** Null: the plugin has no go.sum. */
  readonly goSum: string | null;
  readonly server: Pick<ServerBuild, 'version' | 'goVersion' | 'goMod' | 'goSum' | 'pinList'>;
  /** Where the go command will find the folder number N (`Places.replaced`). */
  readonly replacedAt: (index: number) => string;
  /** Folders of local replaces, as go.mod names them, that are not there (`collectReplaced`); absent: none. */
  readonly absent?: readonly string[];
}

/** The build-only go.mod and go.sum, and how they differ from the plugin's own. */
export interface Pin {
  readonly goMod: string;
  readonly goSum: string;
  readonly changes: readonly Change[];
  readonly warnings: readonly PinWarning[];
  readonly replaced: readonly LocalReplace[];
}

export interface PinWarning {
  readonly text: string;
  /** 1-based, in the plugin's go.mod; null: the whole file. */
  readonly line: number | null;
}

/**
 * Pins a plugin to every module of the server (`dependencies: pin`): the plugin's go.mod, plus `replace M => M VERSION`
 * without a version on the left for each module M of the pin list, so that minimal version selection cannot raise one
 * again. Lines that could beat a pin, or that an older Go does not know, are left out.
 * Throws Failure where go.mod or go.sum is malformed, or the two go.sum files contradict each other.
 */
export function pinModule(request: PinRequest): Pin {
  const { file, server } = request;
  const mod = parsePlugin(request);
  const pinned = pinnedVersions(mod.module, server);
  const kept = keptReplaces(mod, { dependencies: 'pin', server }, file);
  const local = rewriteLocalReplaces(kept, request.replacedAt, request.absent);
  const go = mod.go === null ? null : fittingGoLine(mod.go.version, server.goVersion);
  const goMod = printBuildOnly({
    module: mod.module,
    go,
    toolchain: null,
    requires: mod.requires,
    // A pin holds for every version of its module: to exclude one of them would only lose what needs it.
    excludes: mod.excludes.filter(({ path }) => !pinned.has(path)),
    replaces: [...local.replaces, ...pinLines(pinned)],
    tools: [],
    godebugs: [],
    ignores: [],
  });
  return {
    goMod,
    goSum: withServerSums(request),
    changes: [...lineChanges(mod, { go, toolchain: null }), ...moduleChanges(mod, pinned)],
    warnings: [
      ...ownModuleWarnings(mod, server),
      ...droppedLineWarnings(mod, pinned),
      ...loopWarnings(mod, server),
    ],
    replaced: local.replaced,
  };
}

/**
 * The plugin's own versions (`dependencies: keep`): nothing is pinned, and a `go` line that is too new stays, so that
 * Go itself says so. Only local replaces move, and lines go that the server's Go could not even read.
 * Throws Failure as pinModule does.
 */
export function keepModule(request: PinRequest): Pin {
  const { goVersion } = request.server;
  const { go, toolchain } = parsePlugin(request);
  return ownVersions(request, {
    go: go === null ? null : readableGoLine(go.version, goVersion),
    toolchain: knowsThreeParts(goVersion) ? (toolchain?.name ?? null) : null,
  });
}

/**
 * The same for listing what the plugin itself picks: a `go` or `toolchain` line that is too new for the server's Go does
 * not stand in the way. Throws Failure as pinModule does.
 */
export function unpinnedModule(request: PinRequest): Pin {
  const { go } = parsePlugin(request);
  const line = go === null ? null : fittingGoLine(go.version, request.server.goVersion);
  return ownVersions(request, { go: line, toolchain: null });
}

function ownVersions(request: PinRequest, lines: { go: string | null; toolchain: string | null }): Pin {
  const { file, goSum, server } = request;
  const mod = parsePlugin(request);
  const kept = keptReplaces(mod, { dependencies: 'keep', server }, file);
  const local = rewriteLocalReplaces(kept, request.replacedAt, request.absent);
  const knows = (since: string): boolean => compareGoVersions(server.goVersion, since) >= 0;
  const goMod = printBuildOnly({
    module: mod.module,
    ...lines,
    requires: mod.requires,
    excludes: mod.excludes,
    replaces: local.replaces,
    godebugs: knows('1.23') ? mod.godebugs : [],
    tools: knows('1.24') ? mod.tools : [],
    ignores: knows('1.25') ? mod.ignores : [],
  });
  return {
    goMod,
    goSum: goSum ?? '',
    changes: lineChanges(mod, lines),
    warnings: loopWarnings(mod, server),
    replaced: local.replaced,
  };
}

/** The plugin's go.sum and the server's in one, so that Go checks each module against both. */
export function withServerSums({ file, goSum, server }: PinRequest): string {
  const names = { a: file.replace(/\.mod$/, '.sum'), b: `the go.sum of gotify ${server.version}` };
  return unionSums(goSum ?? '', server.goSum, names);
}

function parsePlugin({ goMod, file }: PinRequest): ModFile {
  const mod = parseModFile(goMod, file);
  if (mod.module !== '') return mod;
  throw new Failure('input', {
    code: 'no-module-line',
    what: 'go.mod does not say which module it is',
    remedy: 'Add a line such as `module example.com/my-plugin`.',
    where: { kind: 'file', file, line: 1 },
  });
}

/** Before Go 1.21 a `go` line of three parts is a syntax error. */
function readableGoLine(version: string, goVersion: string): string {
  return knowsThreeParts(goVersion) ? version : languageVersion(version);
}

function pinLines(pinned: ReadonlyMap<string, string>): Pick<ModReplace, 'old' | 'new'>[] {
  return [...pinned].map(([path, version]) => ({
    old: { path, version: null },
    new: { kind: 'module', path, version },
  }));
}

function lineChanges(mod: ModFile, built: { go: string | null; toolchain: string | null }): Change[] {
  const lines = [
    { module: 'go', from: mod.go?.version, to: built.go, line: mod.go?.line },
    { module: 'toolchain', from: mod.toolchain?.name, to: built.toolchain, line: mod.toolchain?.line },
  ];
  return lines.flatMap(({ module, from, to, line }) =>
    from === undefined || line === undefined || from === to
      ? []
      : [{ module, from, to, line, reach: 'direct' as const }],
  );
}

/** What the pins change: requires at another version, and replaces of the server's modules by something else. */
function moduleChanges(mod: ModFile, pinned: ReadonlyMap<string, string>): Change[] {
  const replaced = mod.replaces.filter(({ old }) => isUnrequired(mod, old.path));
  const before = [
    ...mod.requires.map((require) => {
      const replace = replaceOf(mod, require);
      const { path, version, line, indirect } = require;
      const reach = indirect ? ('transitive' as const) : ('direct' as const);
      return replace === undefined
        ? { module: path, from: version, line, reach }
        : { module: path, from: targetText(replace), line: replace.line, reach };
    }),
    ...replaced.map((replace) => ({
      module: replace.old.path,
      from: targetText(replace),
      line: replace.line,
      reach: 'transitive' as const,
    })),
  ];
  return before.flatMap((change) => {
    const to = pinned.get(change.module);
    return to === undefined || to === change.from ? [] : [{ ...change, to }];
  });
}

function isUnrequired(mod: ModFile, path: string): boolean {
  return !mod.requires.some((require) => require.path === path);
}

/** The replace that Go would use for a required version: one for that version comes before one for all. */
function replaceOf(mod: ModFile, { path, version }: ModRequire): ModReplace | undefined {
  const candidates = mod.replaces.filter(({ old }) => old.path === path);
  return (
    candidates.find(({ old }) => old.version === version) ??
    candidates.find(({ old }) => old.version === null)
  );
}

function ownModuleWarnings(mod: ModFile, server: PinRequest['server']): PinWarning[] {
  if (!server.pinList.modules.some(({ path }) => path === mod.module)) return [];
  const text = `the plugin's own module path ${mod.module} is that of a module in gotify ${server.version}: packages that both have cannot match`;
  return [{ text, line: null }];
}

function loopWarnings(mod: ModFile, { version, goVersion }: PinRequest['server']): PinWarning[] {
  if (mod.go === null || !losesLoopVariables(mod.go.version, goVersion)) return [];
  const text = `the plugin asks for Go ${mod.go.version}, and gotify ${version} is built with Go ${goVersion}: ${loopsThen}`;
  return [{ text, line: mod.go.line }];
}

function droppedLineWarnings(mod: ModFile, pinned: ReadonlyMap<string, string>): PinWarning[] {
  const warnings: PinWarning[] = [];
  for (const replace of mod.replaces) {
    const version = pinned.get(replace.old.path);
    if (version === undefined || version === targetText(replace)) continue;
    const text = `the replacement of ${replace.old.path} by ${targetText(replace)} is not used: the server has ${version}, and a plugin must have the same`;
    warnings.push({ text, line: replace.line });
  }
  for (const { path, version, line } of mod.excludes) {
    if (pinned.get(path) !== version) continue;
    const text = `${path} ${version} is excluded, and used all the same: it is the version in the server`;
    warnings.push({ text, line });
  }
  return warnings;
}
