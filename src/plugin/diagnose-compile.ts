import { Failure, type Where } from '../errors.js';
import { compareGoVersions, compareModuleVersions } from '../go/version.js';
import { importedCulprits, pointedAt, type Culprit } from './blame.js';
import { apiFailure } from './diagnose-api.js';
import { diagnoseList } from './diagnose-list.js';
import {
  errorText,
  errorWhere,
  needsNewerGo,
  oneLine,
  pluginNeedsNewerGo,
  requireWhere,
  serverName,
  type DiagnosisContext,
} from './diagnosis.js';
import { parseGoOutput, type GoError, type GoOutput } from './go-output.js';
import { newestFitting, requiredVersions, type AskGo } from './newest-fitting.js';
import { placeOf } from './source-place.js';

/** So many errors are named; the log has all. */
const shown = 3;

/**
 * Why `go build` failed, from what it printed to stderr.
 *
 * @param go to find a version that would fit; without it none is named
 */
export async function diagnoseCompile(
  stderr: string,
  context: DiagnosisContext,
  go?: AskGo,
): Promise<Failure> {
  const noCompiler = missingCompiler(stderr);
  if (noCompiler !== null) return noCompiler;
  const output = parseGoOutput(stderr);
  const errors = output.errors.filter((error) => placeOf(error.file, context).kind !== 'api-check');
  const [first] = errors;
  if (first === undefined) {
    if (output.errors.length > 0) return apiFailure(output.errors, context);
    return linkFailure(output, context) ?? diagnoseList(stderr, context, go);
  }
  // Without a package's header it is go itself that complains, before any compiler runs.
  if (first.package === null) return diagnoseList(stderr, context, go);
  const ofPackage = errors.filter((error) => error.package === first.package);
  const dependency = dependencyOf(first, context);
  if (dependency === null) return ownFailure(ofPackage, context);
  return dependencyFailure({ dependency, errors: ofPackage, output }, context, go);
}

interface Dependency {
  readonly path: string;
  readonly version: string;
  readonly goVersion: string | null;
}

/** The module with a version whose package does not compile; null for the plugin's own and local replacements. */
function dependencyOf(error: GoError, context: DiagnosisContext): Dependency | null {
  const module = context.listing?.packages.get(error.package ?? '')?.module;
  if (module !== undefined) {
    const { path, version, goVersion } = module;
    return version === null ? null : { path, version, goVersion };
  }
  const place = placeOf(error.file, context);
  return place.kind === 'module' ? { path: place.path, version: place.version, goVersion: null } : null;
}

async function ownFailure(errors: readonly GoError[], context: DiagnosisContext): Promise<Failure> {
  for (const error of errors) {
    const [culprit] = (await pointedAt(error, context, 'plugin')).culprits;
    if (culprit !== undefined) return pinnedConflict(error, culprit, context);
  }
  const [first] = errors;
  const goLine = context.goMod.go?.version;
  if (
    first !== undefined &&
    goLine !== undefined &&
    compareGoVersions(goLine, context.server.goVersion) > 0
  ) {
    const what = `it does not compile with Go ${context.server.goVersion} of ${serverName(context)} (go.mod asks for Go ${goLine}): ${listed(errors, context)}`;
    return pluginNeedsNewerGo(what, errorWhere(first, context), context);
  }
  return isC(errors) ? cFailure(errors, context) : compileError(errors, context);
}

function pinnedConflict(error: GoError, { module, from, to }: Culprit, context: DiagnosisContext): Failure {
  const asked = from === null ? "the plugin's go.mod does not name it" : `the plugin asks for ${from}`;
  const other = from === null || compareModuleVersions(from, to) < 0 ? 'an older' : 'a newer';
  return new Failure('plugin', {
    code: 'pinned-module-conflict',
    what: `${errorText(error, context)}; it is compiled with ${module} ${to}, the version of ${serverName(context)} (${asked})`,
    remedy: `Write this so that it compiles with ${module} ${to}: what a plugin shares with the server must be the server's version. Or build for a gotify server with ${other} ${module}.`,
    where: errorWhere(error, context),
  });
}

function compileError(errors: readonly GoError[], context: DiagnosisContext): Failure {
  return new Failure('plugin', {
    code: 'compile-error',
    what: `the plugin does not compile: ${listed(errors, context)}`,
    remedy: 'Correct this in the source; the log has all that the compiler said.',
    where: firstWhere(errors, context),
  });
}

/** gcc and clang call an error an error; Go's compiler does not. */
function isC(errors: readonly GoError[]): boolean {
  return errors.some(({ message }) => /^(?:fatal )?error: /.test(message));
}

function cFailure(
  errors: readonly GoError[],
  context: DiagnosisContext,
  dependency: Dependency | null = null,
): Failure {
  const real = errors.filter(({ message }) => /^(?:fatal )?error: /.test(message));
  const missing = real.some(({ message }) => message.includes('No such file or directory'));
  return new Failure('plugin', {
    code: 'c-compile-error',
    what: `the C code of the ${dependency === null ? 'plugin' : `dependency ${dependency.path} ${dependency.version}`} does not compile: ${listed(real, context)}`,
    remedy: cRemedy(missing, dependency),
    where: dependency === null ? firstWhere(real, context) : requireWhere(dependency.path, context),
  });
}

function cRemedy(missing: boolean, dependency: Dependency | null): string {
  if (missing)
    return 'Install the C library with its headers for the target where the plugin is built, or use an image that has it.';
  return dependency === null
    ? 'Correct this in the C code; the log has all that the compiler said.'
    : 'Require another version of it; the log has all that the compiler said.';
}

interface BrokenDependency {
  readonly dependency: Dependency;
  readonly errors: readonly GoError[];
  readonly output: GoOutput;
}

async function dependencyFailure(
  broken: BrokenDependency,
  context: DiagnosisContext,
  go?: AskGo,
): Promise<Failure> {
  const { dependency, errors } = broken;
  const { path: module, version } = dependency;
  const goLine = neededGoLine(broken, context);
  if (goLine !== null)
    return needsNewerGo({ module, version, goLine, shown: listed(errors, context) }, context, go);
  if (isC(errors)) return cFailure(errors, context, dependency);
  const found = await dependencyCulprit(broken, { context, go });
  if (found !== null) return dependencyConflict(broken, found, { context, go });
  return new Failure('plugin', {
    code: 'dependency-compile-error',
    what: `the dependency ${module} ${version} does not compile: ${listed(errors, context)}`,
    remedy: 'Require another version of it; the log has all that the compiler said.',
    where: requireWhere(module, context),
  });
}

interface AskedCulprit extends Culprit {
  /** What the dependency's own go.mod asks for; null where it does not say. */
  readonly asked: string | null;
}

/** A released module compiles with what it asks for: only another version than that can be to blame. */
async function dependencyCulprit(
  { dependency, errors }: BrokenDependency,
  { context, go }: Asking,
): Promise<AskedCulprit | null> {
  const pointed = await Promise.all(errors.map((error) => pointedAt(error, context, 'dependency')));
  const named = pointed.flatMap(({ culprits }) => culprits);
  const isSilent = pointed.every(({ explained }) => !explained);
  const imported = isSilent ? importedCulprits(errors[0]?.package ?? '', context) : [];
  if (named.length + imported.length === 0) return null;
  const { path: module, version } = dependency;
  const asks =
    go === undefined ? null : await requiredVersions({ ...question(module, context), version }, go);
  const askedOf = (culprit: Culprit): AskedCulprit => ({
    ...culprit,
    asked: asks?.get(culprit.module) ?? null,
  });
  return (
    named.map(askedOf).find(({ asked, to }) => asked !== to) ??
    // Nothing but the difference speaks against these.
    imported.map(askedOf).find(({ asked, to }) => asked !== null && asked !== to) ??
    null
  );
}

interface Asking {
  readonly context: DiagnosisContext;
  readonly go: AskGo | undefined;
}

function question(
  module: string,
  { server, places }: DiagnosisContext,
): { readonly module: string; readonly goVersion: string; readonly modFile: string } {
  return { module, goVersion: server.goVersion, modFile: `${places.pin}/go.mod` };
}

/** Go says `note: module requires Go 1.N` after such an error; go.mod may say it too. */
function neededGoLine({ dependency, output }: BrokenDependency, { server }: DiagnosisContext): string | null {
  const noted = output.rest
    .map((line) => /^note: module requires Go (\S+)/.exec(line)?.[1])
    .find((line) => line);
  const goLine = noted ?? dependency.goVersion;
  return goLine !== null && compareGoVersions(goLine, server.goVersion) > 0 ? goLine : null;
}

async function dependencyConflict(
  { dependency, errors }: BrokenDependency,
  culprit: AskedCulprit,
  { context, go }: Asking,
): Promise<Failure> {
  const { path, version } = dependency;
  const { asked } = culprit;
  const older = asked === null || compareModuleVersions(asked, culprit.to) > 0;
  const atMost = { module: culprit.module, version: culprit.to };
  const fitting =
    go === undefined || !older
      ? null
      : await newestFitting({ ...question(path, context), below: version, atMost }, go);
  return new Failure('plugin', {
    code: 'dependency-conflict',
    what: `the dependency ${path} ${version} does not compile with ${culprit.module} ${culprit.to}, the version of ${serverName(context)}${asked === null ? '' : ` (it asks for ${asked})`}: ${listed(errors, context)}`,
    remedy: conflictRemedy({ path, culprit, older, fitting }),
    where: requireWhere(path, context),
  });
}

function conflictRemedy(found: {
  readonly path: string;
  readonly culprit: Culprit;
  readonly older: boolean;
  readonly fitting: string | null;
}): string {
  const { path, culprit, older, fitting } = found;
  const { module, to } = culprit;
  const server = `Or build for a gotify server with ${older ? 'a newer' : 'an older'} ${module}.`;
  if (!older)
    return `Require a newer version of ${path}, one that was written for ${module} ${to} or newer. ${server}`;
  if (fitting === null) {
    return `Require an older version of ${path}, one whose go.mod asks for ${module} ${to} at most. ${server}`;
  }
  return `Require ${path} ${fitting}: it is the newest older version that asks for ${module} ${to} at most. ${server}`;
}

function missingCompiler(stderr: string): Failure | null {
  const compiler = /C compiler "([^"]+)" not found/.exec(stderr)?.[1];
  if (compiler === undefined) return null;
  return new Failure('surroundings', {
    code: 'missing-compiler',
    what: `there is no C compiler ${oneLine(compiler)} on this machine`,
    remedy: 'Install it, or use builder: docker, whose images have it.',
  });
}

function linkFailure({ rest }: GoOutput, context: DiagnosisContext): Failure | null {
  const lines = rest.filter((line) => /\bld(?:\.\w+)?: |undefined reference|running \S+ failed/.test(line));
  if (lines.length === 0) return null;
  const reasons = lines.filter((line) => !/running \S+ failed/.test(line));
  return new Failure('plugin', {
    code: 'link-error',
    what: `the plugin compiles, but cannot be linked: ${oneLine((reasons.length > 0 ? reasons : lines).slice(0, shown).join('; '))}`,
    remedy:
      'A C library that the plugin uses may be missing for this target: install it, or use an image that has it.',
    where: { kind: 'file', file: context.project.displayGoMod },
  });
}

function listed(errors: readonly GoError[], context: DiagnosisContext): string {
  const texts = errors.slice(0, shown).map((error) => errorText(error, context));
  const more = errors.length - texts.length;
  return more > 0 ? `${texts.join('; ')}; and ${String(more)} more` : texts.join('; ');
}

function firstWhere([first]: readonly GoError[], context: DiagnosisContext): Where {
  return first === undefined
    ? { kind: 'file', file: context.project.displayGoMod }
    : errorWhere(first, context);
}
