import { Failure } from '../errors.js';
import { parseModFile, type ModFile } from '../go/modfile.js';
import { lineEndOf, withLineEnd } from '../go/modedit.js';
import { parseSumFile, unionSums } from '../go/sumfile.js';
import { compareModuleVersions } from '../go/version.js';
import { pinnedVersions } from '../pin/local-replaces.js';
import { newerGoCode } from '../plugin/diagnosis.js';
import type { PluginListing } from '../plugin/listing.js';
import type { PluginProject } from '../plugin/project.js';
import { changesBetween, selectedOf, unequalModules, usedReplaces } from './compare.js';
import { openGo, type CapGo, type GoRequest, type ModTexts } from './go.js';
import {
  compileReason,
  newerReplacementReasons,
  reasonsFor,
  unfitReasons,
  unknownLineReasons,
} from './reasons.js';
import type { CapChange, CapReason, CapResult } from './result.js';
import { capLines, offerAll, type Cap } from './rule.js';

/** What it came to once nothing more can be done in go.mod. */
interface Settled {
  readonly texts: ModTexts;
  readonly mod: ModFile;
  readonly listing: PluginListing;
  /** What was required before tidy, with the server's modules at its versions. */
  readonly required: ModFile['requires'];
}

interface Run {
  readonly request: GoRequest;
  readonly cap: Cap;
  readonly go: CapGo;
  /** The author's go.mod with `\n` at the ends of lines, and all sums that are known. */
  readonly author: ModTexts;
}

/**
 * The rule `full`: lines as the server has them, `go mod tidy` with its Go, and a line more for each module that Go then
 * still selects too low, until nothing changes. Afterwards what Go selects is compared with the server, and where that
 * agrees the plugin is compiled.
 *
 * @throws Failure for a malformed go.sum, one that contradicts the server's, and where tidy or list fail, unless a pin
 *   would do
 */
export async function capFully(request: GoRequest): Promise<CapResult> {
  const { project, server } = request;
  const file = project.displayGoMod;
  const unknown = unknownLineReasons(project.goMod, { file, server });
  if (unknown.length > 0) return { kind: 'cannot', reasons: unknown };
  const run: Run = {
    request,
    cap: { file, goVersion: server.goVersion, versions: pinnedVersions(project.modulePath, server) },
    go: await openGo(request),
    author: { goMod: withLineEnd(project.goModText, '\n'), goSum: allSums(request) },
  };
  let settled: Settled;
  try {
    settled = await settle(run);
  } catch (error) {
    const reasons = await pinAlone(error, run);
    if (reasons.length === 0) throw error;
    return { kind: 'cannot', reasons };
  }
  return conclude(settled, run);
}

/** Why Go puts the plugin together with a pin alone: local replacements that ask for a newer Go. Empty: it is not that. */
async function pinAlone(error: unknown, { request, cap, go }: Run): Promise<readonly CapReason[]> {
  if (!(error instanceof Failure) || error.code !== newerGoCode) return [];
  if ((await go.pinnedFailure()) !== null) return [];
  const { project, server } = request;
  const required = new Set(project.goMod.requires.map(({ path }) => path));
  const all = await go.newerReplacements();
  const used = all.filter(({ modules }) => modules.some((module) => required.has(module)));
  return newerReplacementReasons(used.length === 0 ? all : used, { file: cap.file, server });
}

async function settle(run: Run): Promise<Settled> {
  const { request, cap, go, author } = run;
  const { goMod: before } = request.project;
  const named = new Set(before.requires.map(({ path }) => path));
  const add = new Set(await needed(run));
  for (;;) {
    const goMod = capLines(author.goMod, cap, add);
    const lines = parseModFile(goMod, cap.file);
    const texts = await go.tidy({ ...author, goMod }, changesBetween(before, lines, cap.versions));
    const listing = await go.list(texts);
    const mod = parseModFile(texts.goMod, cap.file);
    const more = tooLow(mod, listing, cap).filter((path) => !named.has(path) && !add.has(path));
    if (more.length === 0) return { texts, mod, listing, required: lines.requires };
    for (const path of more) add.add(path);
  }
}

/**
 * The server's modules that `go mod tidy` keeps where all are offered at the server's versions: a package that no line
 * provides then comes from the server's module, not from its newest release. Where it fails the loop finds them too.
 */
async function needed({ cap, go, author }: Run): Promise<readonly string[]> {
  const tidied = await go.tryTidy({ ...author, goMod: offerAll(author.goMod, cap) });
  if (tidied === null) return [];
  const { requires } = parseModFile(tidied.goMod, cap.file);
  return requires.map(({ path }) => path).filter((path) => cap.versions.has(path));
}

/** The server's modules that are lower than in the server, in what Go selected or in a line. */
function tooLow(mod: ModFile, listing: PluginListing, { versions }: Cap): readonly string[] {
  const selected = [...selectedOf(listing)];
  const required = mod.requires.map(({ path, version }) => [path, version] as const);
  return [...selected, ...required].flatMap(([path, version]) => {
    const wanted = versions.get(path);
    const isLow = wanted !== undefined && version !== null && compareModuleVersions(version, wanted) < 0;
    return isLow ? [path] : [];
  });
}

async function conclude(settled: Settled, run: Run): Promise<CapResult> {
  const { texts, mod, listing, required } = settled;
  const { request, cap, go } = run;
  const { project, server } = request;
  const changes = changesBetween(project.goMod, mod, cap.versions);
  const unequal = unequalModules(listing, mod, cap.versions);
  const unfit = unfitReasons(listing, project);
  const written = { goMod: goModOf(texts, changes, project), goSum: goSumOf(texts, project), changes };
  if (unequal.length + unfit.length === 0) return compiled(settled, written, run);
  const context = {
    author: project.goMod,
    file: cap.file,
    capped: mod,
    required,
    replaces: usedReplaces(listing, mod),
    server,
    versions: cap.versions,
  };
  const reasons = [...unfit, ...(await reasonsFor(unequal, context, { texts, go }))];
  const isBetter = await improves(unequal.length, changes, run);
  return isBetter ? { kind: 'partly', ...written, reasons } : { kind: 'cannot', reasons };
}

/** What it comes to where go.mod agrees with the server: the code may still need what only other versions have. */
async function compiled(
  { texts, listing }: Settled,
  written: Omit<Extract<CapResult, { kind: 'changed' }>, 'kind'>,
  { request, cap, go }: Run,
): Promise<CapResult> {
  const { changes } = written;
  const isSame = changes.length === 0 && !lacksSums(request.project, texts, cap.file);
  const failure = await go.compileFailure(texts, { listing, changes });
  if (failure === null) return isSame ? { kind: 'same' } : { kind: 'changed', ...written };
  const reasons = [compileReason(failure, cap.file)];
  return isSame ? { kind: 'cannot', reasons } : { kind: 'partly', ...written, reasons };
}

/** Whether fewer modules differ than with the author's go.mod, which the server's Go may not even read. */
async function improves(left: number, changes: readonly CapChange[], run: Run): Promise<boolean> {
  const { request, cap, go, author } = run;
  if (!changes.some(({ why }) => why === 'server')) return false;
  const before = await go.tryList(author);
  return before === null || left < unequalModules(before, request.project.goMod, cap.versions).length;
}

/** Where no requirement changes the author's text stays as it is: how tidy would print it does not matter. */
function goModOf(texts: ModTexts, changes: readonly CapChange[], { goModText }: PluginProject): string {
  return changes.length === 0 ? goModText : withLineEnd(texts.goMod, lineEndOf(goModText));
}

function goSumOf({ goSum }: ModTexts, { goSumText }: PluginProject): string | null {
  const text = withLineEnd(goSum, lineEndOf(goSumText ?? ''));
  return text === (goSumText ?? '') ? null : text;
}

/** Lines that are no longer needed do no harm; without one that is needed Go builds nothing. */
function lacksSums({ goSumText }: PluginProject, { goSum }: ModTexts, file: string): boolean {
  const known = new Set(
    parseSumFile(goSumText ?? '', sumFile(file)).entries.map(({ path, version }) => `${path} ${version}`),
  );
  const wanted = parseSumFile(goSum, sumFile(file)).entries;
  return wanted.some(({ path, version }) => !known.has(`${path} ${version}`));
}

/** The plugin's sums and the server's in one, so that Go checks each module against both. */
function allSums({ project, server }: GoRequest): string {
  const names = { a: sumFile(project.displayGoMod), b: `the go.sum of gotify ${server.version}` };
  return unionSums(project.goSumText ?? '', server.goSum, names);
}

function sumFile(goMod: string): string {
  return goMod.replace(/\.mod$/, '.sum');
}
