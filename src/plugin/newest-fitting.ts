import * as v from 'valibot';
import type { GoOutcome } from '../build/builder.js';
import { compareGoVersions, compareModuleVersions, knowsThreeParts } from '../go/version.js';

/** Runs go with the network, from the plugin's folder; the arguments go after `go`. */
export type AskGo = (args: string[]) => Promise<GoOutcome>;

export interface FittingRequest {
  readonly module: string;
  /** The server's Go, without `go`. */
  readonly goVersion: string;
  /** The build-only go.mod as go sees it: before Go 1.20 the question is asked in the plugin's folder. */
  readonly modFile: string;
  /** Only versions older than this one are looked at. */
  readonly below?: string;
  /** What the version may ask for at most of another module. */
  readonly atMost?: { readonly module: string; readonly version: string };
}

/** So many versions are asked for at once: one process, and a few small files. */
const batch = 8;
const mostBatches = 6;

/**
 * The newest release of a module whose `go` line an older Go accepts; with `atMost`, that also asks for no newer
 * version of another module than a server has. Goes back in time from the newest, and looks at the nearest few dozen;
 * pre-releases come after all releases, as Go itself has it (https://go.dev/ref/mod#version-queries).
 *
 * @returns null where there is none, or it cannot be found out
 */
export async function newestFitting(request: FittingRequest, go: AskGo): Promise<string | null> {
  const versions = await olderVersions(request, go);
  for (let n = 0; n < mostBatches && n * batch < versions.length; n++) {
    const group = versions.slice(n * batch, (n + 1) * batch);
    for (const candidate of await candidates(group, request, go)) {
      if (await fits(candidate, request, go)) return candidate.Version;
    }
  }
  return null;
}

/** Path -> version of what a module's go.mod asks for; null where it cannot be read. */
export async function requiredVersions(
  request: Pick<FittingRequest, 'module' | 'goVersion' | 'modFile'> & { readonly version: string },
  go: AskGo,
): Promise<ReadonlyMap<string, string> | null> {
  const [found] = await describeVersions([request.version], request, go);
  if (found?.GoMod === undefined) return null;
  const file = await readGoMod(found.GoMod, go);
  return file === null ? null : new Map(file.Require?.map(({ Path, Version }) => [Path, Version]));
}

/** Releases before pre-releases, each newest first. */
async function olderVersions(request: FittingRequest, go: AskGo): Promise<readonly string[]> {
  const { module, below } = request;
  const printed = await ask(['list', ...outside(request), '-m', '-versions', '-json', module], go);
  const found = v.safeParse(v.object({ Versions: v.optional(v.array(v.string()), []) }), printed?.[0]);
  if (!found.success) return [];
  return found.output.Versions.filter(
    (version) => below === undefined || compareModuleVersions(version, below) < 0,
  ).sort(bestFirst);
}

function bestFirst(a: string, b: string): number {
  return Number(isPreRelease(a)) - Number(isPreRelease(b)) || compareModuleVersions(b, a);
}

/** A dash can only be in front of a pre-release: `+incompatible` is all that may follow it. */
function isPreRelease(version: string): boolean {
  return version.includes('-');
}

const versionSchema = v.object({
  Version: v.string(),
  GoVersion: v.optional(v.string()),
  GoMod: v.optional(v.string()),
});
type DescribedVersion = v.InferOutput<typeof versionSchema>;

async function candidates(
  versions: readonly string[],
  request: FittingRequest,
  go: AskGo,
): Promise<readonly DescribedVersion[]> {
  const described = await describeVersions(versions, request, go);
  return described
    .filter(({ GoVersion }) => GoVersion === undefined || accepts(request.goVersion, GoVersion))
    .sort((a, b) => bestFirst(a.Version, b.Version));
}

async function describeVersions(
  versions: readonly string[],
  request: Pick<FittingRequest, 'module' | 'goVersion' | 'modFile'>,
  go: AskGo,
): Promise<readonly DescribedVersion[]> {
  const queries = versions.map((version) => `${request.module}@${version}`);
  const printed = await ask(['list', ...outside(request), '-m', '-e', '-json', ...queries], go);
  const found = v.safeParse(v.array(versionSchema), printed ?? []);
  return found.success ? found.output : [];
}

/** Go leaves the version out of what it describes where it is too new for itself, so go.mod has the last word. */
async function fits(candidate: DescribedVersion, request: FittingRequest, go: AskGo): Promise<boolean> {
  const { atMost, goVersion } = request;
  if (candidate.GoVersion !== undefined && atMost === undefined) return true;
  const file = candidate.GoMod === undefined ? null : await readGoMod(candidate.GoMod, go);
  if (file === null || (file.Go !== undefined && !accepts(goVersion, file.Go))) return false;
  if (atMost === undefined) return true;
  const asked = file.Require?.find(({ Path }) => Path === atMost.module)?.Version;
  return asked === undefined || compareModuleVersions(asked, atMost.version) <= 0;
}

/** Before Go 1.21 only the two first parts of a `go` line count: `1.19.3` is language 1.19. */
function accepts(goVersion: string, goLine: string): boolean {
  if (knowsThreeParts(goVersion)) return compareGoVersions(goLine, goVersion) <= 0;
  return compareGoVersions(goLine.split('.').slice(0, 2).join('.'), goVersion) <= 0;
}

const goModSchema = v.object({
  Go: v.optional(v.string()),
  Require: v.nullish(v.array(v.object({ Path: v.string(), Version: v.string() }))),
});

async function readGoMod(path: string, go: AskGo): Promise<v.InferOutput<typeof goModSchema> | null> {
  const printed = await ask(['mod', 'edit', '-json', path], go);
  const found = v.safeParse(goModSchema, printed?.[0]);
  return found.success ? found.output : null;
}

/** Outside of the plugin's module, which may be the very one that go cannot load. `-C` exists since Go 1.20. */
function outside({ goVersion, modFile }: Pick<FittingRequest, 'goVersion' | 'modFile'>): string[] {
  return compareGoVersions(goVersion, '1.20') >= 0 ? ['-C', '/'] : ['-mod=mod', `-modfile=${modFile}`];
}

/** The JSON objects that go printed; null where it failed, or printed something else. */
async function ask(args: string[], go: AskGo): Promise<readonly unknown[] | null> {
  const outcome = await go(args);
  if (outcome.kind !== 'ok') return null;
  try {
    const parsed: unknown = JSON.parse(`[${outcome.stdout.trimEnd().replace(/^\}\r?\n(?=\{)/gm, '},\n')}]`);
    return Array.isArray(parsed) ? parsed : null;
  } catch {
    return null;
  }
}
