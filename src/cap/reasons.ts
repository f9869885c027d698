import { Failure, type Where } from '../errors.js';
import type { ModFile, ModReplace } from '../go/modfile.js';
import { checkListing } from '../plugin/check.js';
import type { PluginListing } from '../plugin/listing.js';
import { newestFitting } from '../plugin/newest-fitting.js';
import type { PluginProject } from '../plugin/project.js';
import { replacementText } from './compare.js';
import type { CapGo, NewerReplacement } from './go.js';
import { culpritsOf, parseGraph, wayTo, type Culprit, type Requirement } from './graph.js';
import type { CapReason, Unequal } from './result.js';
import { unknownLines } from './rule.js';

/** What is known when a go.mod cannot be made to agree. */
export interface ReasonContext {
  /** The author's go.mod, for its lines, and what it is called. */
  readonly author: ModFile;
  readonly file: string;
  /** What it came to, and what it required before tidy. */
  readonly capped: ModFile;
  readonly required: ModFile['requires'];
  /** What Go used in place of modules, by path. */
  readonly replaces: ReadonlyMap<string, ModReplace>;
  readonly server: { readonly version: string; readonly goVersion: string };
  /** Path -> version of the server's modules. */
  readonly versions: ReadonlyMap<string, string>;
}

const pin = 'build with `dependencies: pin`, which does not depend on go.mod';
/** So many dependencies are asked for an older version that fits: each is a few requests. */
const mostAsked = 3;
/** So many modules are named in one sentence. */
const mostNamed = 3;

/** Lines that the server's Go takes for mistakes: with them it builds nothing, and to remove them is the author's. */
export function unknownLineReasons(
  mod: ModFile,
  { file, server }: Pick<ReasonContext, 'file' | 'server'>,
): readonly CapReason[] {
  return unknownLines(mod, server.goVersion).map(({ verb, line, since }) => ({
    kind: 'unknown-line',
    modules: [],
    by: null,
    what: `Go ${server.goVersion}, which gotify ${server.version} is built with, does not know \`${verb}\` lines (they came with Go ${since})`,
    remedy: `Remove the line, or ${pin} and leaves it out.`,
    where: { kind: 'file', file, line },
  }));
}

/** Folders in place of modules that the server's Go refuses: they are no part of the plugin's go.mod. */
export function newerReplacementReasons(
  replacements: readonly NewerReplacement[],
  { file, server }: Pick<ReasonContext, 'file' | 'server'>,
): readonly CapReason[] {
  return replacements.map(({ dir, modules, line, goLine }) => ({
    kind: 'newer-replacement',
    modules: [],
    by: null,
    what: `${modules.join(' and ')} is replaced by ${dir}, whose go.mod asks for Go ${goLine}, and gotify ${server.version} is built with Go ${server.goVersion}`,
    remedy: `Lower the \`go\` line there, or ${pin} and lowers that line for itself.`,
    where: { kind: 'file', file, line },
  }));
}

/** What is wrong with the plugin whatever its go.mod says. Throws Failure where it is no main package. */
export function unfitReasons(listing: PluginListing, project: PluginProject): readonly CapReason[] {
  try {
    checkListing(listing, project);
    return [];
  } catch (error) {
    if (!(error instanceof Failure) || error.kind !== 'plugin') throw error;
    return [fromFailure(error, { kind: 'unfit', modules: [], file: project.displayGoMod })];
  }
}

/** Why a plugin whose go.mod agrees with the server is not done: what its code, or a dependency's, lacks there. */
export function compileReason(failure: Failure, file: string): CapReason {
  return fromFailure(failure, { kind: 'does-not-compile', modules: [], file });
}

function fromFailure(
  { what, remedy, where }: Failure,
  parts: Pick<CapReason, 'kind' | 'modules'> & { readonly file: string },
): CapReason {
  const { kind, modules, file } = parts;
  return { kind, modules, by: null, what, remedy, where: where ?? at(file, undefined) };
}

/**
 * Why modules are not as in the server although every line is: a replace, an exclude, a dependency that requires a
 * newer version, or the plugin's own code. One reason for each cause, with all the modules that it is the cause of.
 */
export async function reasonsFor(
  unequal: readonly Unequal[],
  context: ReasonContext,
  go: { readonly texts: Parameters<CapGo['graph']>[0]; readonly go: CapGo },
): Promise<readonly CapReason[]> {
  const replaced = unequal.filter(({ path }) => isReplacedByOther(path, context));
  const excluded = unequal.filter((module) => !replaced.includes(module) && isExcluded(module, context));
  const others = unequal.filter((module) => !replaced.includes(module) && !excluded.includes(module));
  const graph = others.length === 0 ? [] : parseGraph(await go.go.graph(go.texts));
  const culprits = culpritsOf(others, { graph, roots: rootsOf(context), versions: context.versions });
  const explained = new Set(culprits.flatMap(({ raises }) => raises.map(({ path }) => path)));
  return [
    ...replaced.map((module) => replacedReason(module, context)),
    ...excluded.map((module) => excludedReason(module, context)),
    ...(await raisedReasons(culprits, { ...context, graph, go: go.go })),
    ...(await importedReasons(
      others.filter(({ path }) => !explained.has(path)),
      context,
      go.go,
    )),
  ];
}

/** The lines as the server has them, and what tidy found that the plugin imports. */
function rootsOf({ required, capped, versions }: ReasonContext): ModFile['requires'] {
  return [...required, ...capped.requires.filter(({ path, indirect }) => !indirect && !versions.has(path))];
}

function isReplacedByOther(path: string, { replaces, versions }: ReasonContext): boolean {
  const replace = replaces.get(path);
  if (replace === undefined) return false;
  const { new: target } = replace;
  return target.kind === 'local' || target.path !== path || target.version !== versions.get(path);
}

function isExcluded({ path, server }: Unequal, { author }: ReasonContext): boolean {
  return author.excludes.some((exclude) => exclude.path === path && exclude.version === server);
}

function replacedReason(module: Unequal, { author, replaces, file, server }: ReasonContext): CapReason {
  const replace = replaces.get(module.path);
  const by = replace === undefined ? module.plugin : replacementText(replace);
  const line = author.replaces.findLast(
    ({ old }) => old.path === module.path && old.version === (replace?.old.version ?? null),
  )?.line;
  return {
    kind: 'replaced',
    modules: [module],
    by: null,
    what: `${module.path} is replaced by ${by}, and gotify ${server.version} has ${module.server}`,
    remedy: `Remove the replace line, or ${pin} and does not use it.`,
    where: at(file, line),
  };
}

function excludedReason(module: Unequal, { author, file, server }: ReasonContext): CapReason {
  const line = author.excludes.find(
    ({ path, version }) => path === module.path && version === module.server,
  )?.line;
  return {
    kind: 'excluded',
    modules: [module],
    by: null,
    what: `${module.path} ${module.server} is excluded, and it is the version of gotify ${server.version}; Go takes ${module.plugin} in its place`,
    remedy: `Remove the exclude line, or ${pin} and leaves it out.`,
    where: at(file, line),
  };
}

/** Nobody asks for the version but Go itself, which found in it what the server's version lacks. */
async function importedReasons(
  modules: readonly Unequal[],
  context: ReasonContext,
  go: CapGo,
): Promise<readonly CapReason[]> {
  if (modules.length === 0) return [];
  const failure = await go.pinnedFailure();
  if (failure !== null) return [fromFailure(failure, { kind: 'imported', modules, file: context.file })];
  return modules.map((module) => unaskedReason(module, context));
}

function unaskedReason(module: Unequal, { author, file, server }: ReasonContext): CapReason {
  const line = author.requires.find(({ path }) => path === module.path)?.line;
  return {
    kind: 'imported',
    modules: [module],
    by: null,
    what: `Go takes ${module.path} ${module.plugin} although no dependency asks for it, and gotify ${server.version} has ${module.server}: a test of the plugin's imports a package that ${module.server} does not have`,
    remedy: `Write the test without that package, or ${pin}.`,
    where: at(file, line),
  };
}

type RaisedContext = ReasonContext & { readonly graph: readonly Requirement[]; readonly go: CapGo };

async function raisedReasons(
  culprits: readonly Culprit[],
  context: RaisedContext,
): Promise<readonly CapReason[]> {
  const reasons: CapReason[] = [];
  for (const [index, culprit] of culprits.entries()) {
    const older = index < mostAsked ? await olderVersion(culprit, context) : null;
    reasons.push(raisedReason(culprit, older, context));
  }
  return reasons;
}

function raisedReason(culprit: Culprit, older: string | null, context: RaisedContext): CapReason {
  const { path, version, asks, raises } = culprit;
  const { author, file, server, versions } = context;
  const direct = author.requires.filter(({ indirect }) => !indirect).map((require) => require.path);
  const way = direct.includes(path) ? null : wayTo(path, direct, context.graph);
  const line = (lineOf(path, author) ?? (way === null ? undefined : lineOf(way, author)))?.line;
  const others = raises.filter((module) => module.path !== asks.path).map((module) => module.path);
  const has = versions.get(asks.path) ?? '';
  const brought = way === null ? '' : ` (which ${way} brings in)`;
  const fits = older === null ? '' : ` (${older} is the newest such)`;
  return {
    kind: 'raised',
    modules: raises,
    by: { path, version },
    what: `${path} ${version}${brought} requires ${asks.path} ${asks.version}, and gotify ${server.version} has ${has}${alsoText(others)}`,
    remedy: `Require an older version of ${path}, one that asks for ${asks.path} ${has} at most${fits}, or ${pin}.`,
    where: at(file, line),
  };
}

function lineOf(path: string, { requires }: ModFile): ModFile['requires'][number] | undefined {
  return requires.find((require) => require.path === path);
}

function alsoText(others: readonly string[]): string {
  if (others.length === 0) return '';
  const named = others.slice(0, mostNamed).join(', ');
  const more = others.length > mostNamed ? ` and ${String(others.length - mostNamed)} more modules` : '';
  return `; it also makes ${named}${more} newer than the server's`;
}

function olderVersion({ path, version, asks }: Culprit, context: RaisedContext): Promise<string | null> {
  const { server, versions, go } = context;
  return newestFitting(
    {
      module: path,
      goVersion: server.goVersion,
      modFile: go.modFile,
      below: version,
      atMost: { module: asks.path, version: versions.get(asks.path) ?? '' },
    },
    go.ask,
  );
}

function at(file: string, line: number | undefined): Where {
  return { kind: 'file', file, ...(line === undefined ? {} : { line }) };
}
