import { posix } from 'node:path';
import { Failure } from '../errors.js';
import { moduleOfPath } from './blame.js';
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
import { downloadFailure } from './diagnose-download.js';
import { linkOutside } from './link-outside.js';
import { parseGoOutput, type GoError, type GoOutput } from './go-output.js';
import type { AskGo } from './newest-fitting.js';
import { placeOf } from './source-place.js';
import { neededGo } from './std-since.js';

/** Lines with the same cause that are named; the log has all. */
const shown = 3;

/**
 * Why `go list` failed (or `go build`, before it compiled anything), from what it printed to stderr.
 *
 * @param go to find a version that would fit; without it none is named
 */
export async function diagnoseList(stderr: string, context: DiagnosisContext, go?: AskGo): Promise<Failure> {
  const output = parseGoOutput(stderr);
  const missing = output.errors
    .map((error) => missingOwnPath(error, context))
    .filter((path) => path !== null);
  return (
    (await linkOutside(output, missing, context)) ??
    (await tooNew(stderr, context, go)) ??
    (await missingStandard(output, context, go)) ??
    lacksPackage(output, context) ??
    noGoFiles(stderr, context) ??
    malformedGoMod(output, context) ??
    missingOwnPackage(output, context) ??
    downloadFailure(stderr, context) ??
    sourceFailure(output, context)
  );
}

/** Go 1.21 and later read every `go` line of the module graph first, and refuse one that is newer than themselves. */
async function tooNew(stderr: string, context: DiagnosisContext, go?: AskGo): Promise<Failure | null> {
  const [, module, version, needed] = /(\S+)@(v\S+) requires go >= ([^\s(]+)/.exec(stderr) ?? [];
  if (module !== undefined && version !== undefined && needed !== undefined) {
    return needsNewerGo({ module, version, goLine: needed }, context, go);
  }
  const [, place, goLine] = /^go: (?:module )?(.+?) requires go >= ([^\s(]+)/m.exec(stderr) ?? [];
  if (place === undefined || goLine === undefined) return null;
  const { goMod, project, server } = context;
  const isOwn = place === '.' || place.endsWith('go.mod');
  const line = goMod.go === null ? {} : { line: goMod.go.line };
  return pluginNeedsNewerGo(
    `${isOwn ? 'the plugin' : `the module in ${oneLine(place)}`} asks for Go ${goLine}, and ${serverName(context)} is built with Go ${server.goVersion}`,
    { kind: 'file', file: project.displayGoMod, ...(isOwn ? line : {}) },
    context,
  );
}

/** `package slices is not in GOROOT (/...)`, from Go 1.21 on `is not in std`: a newer Go may have it. */
async function missingStandard(
  { errors }: GoOutput,
  context: DiagnosisContext,
  go?: AskGo,
): Promise<Failure | null> {
  for (const error of errors) {
    const path = /^package (\S+) is not in (?:std|GOROOT)/.exec(error.message)?.[1];
    const needed = path === undefined ? null : neededGo(path, context.server.goVersion);
    if (path === undefined || needed === null) continue;
    const place = placeOf(error.file, context);
    const why = `the package ${path} exists since Go ${needed}`;
    if (place.kind === 'module') {
      const found = {
        module: place.path,
        version: place.version,
        goLine: null,
        shown: `${place.display}: ${why}`,
      };
      return needsNewerGo(found, context, go);
    }
    const what = `${place.display}: ${why}, and ${serverName(context)} is built with Go ${context.server.goVersion}`;
    return pluginNeedsNewerGo(what, errorWhere(error, context), context);
  }
  return null;
}

/** `module M@latest found (v1.2.0, replaced by M@v1.1.0), but does not contain package P`: the pin is why. */
function lacksPackage({ errors }: GoOutput, context: DiagnosisContext): Failure | null {
  for (const error of errors) {
    const missing = /, but does not contain package (\S+)$/.exec(error.message)?.[1];
    const module = missing === undefined ? undefined : moduleOfPath(missing, context);
    const change = context.changes.find((item) => item.module === module);
    if (missing === undefined || module === undefined || change?.to == null) continue;
    const place = placeOf(error.file, context);
    const asked = change.from === null ? '' : `; the plugin asks for ${change.from}`;
    const dependency = place.kind === 'module' ? place : null;
    return new Failure('plugin', {
      code: dependency === null ? 'pinned-module-conflict' : 'dependency-conflict',
      what: `${place.display}:${String(error.line)} imports ${missing}, which ${module} ${change.to}, the version of ${serverName(context)}, does not have${asked}`,
      remedy:
        dependency === null
          ? `Write this without that package. Or build for a gotify server with another ${module}.`
          : `Require an older version of ${dependency.path}, one whose go.mod asks for ${module} ${change.to} at most. Or build for a gotify server with another ${module}.`,
      where: dependency === null ? errorWhere(error, context) : requireWhere(dependency.path, context),
    });
  }
  return null;
}

/**
 * Only the plugin's own package: a dependency without files for this target is an error of the source.
 */
function noGoFiles(stderr: string, { project }: DiagnosisContext): Failure | null {
  const isExcluded = /^package \S+: build constraints exclude all Go files in /m.test(stderr);
  if (!isExcluded && !/^(?:package \S+: )?no (?:non-test )?Go files in /m.test(stderr)) return null;
  return new Failure('input', {
    code: 'no-go-files',
    what: isExcluded
      ? `all Go files of the package ${project.packageArg} in ${project.displayDir} are left out for this target, by their build constraints or names`
      : `there are no Go files in the package ${project.packageArg} of ${project.displayDir}`,
    remedy: "Name the folder of the plugin's main package with the package input, for example ./cmd/plugin.",
    where: { kind: 'input', input: 'package' },
  });
}

/** A package of the plugin's own module that is not there: Go then looks for a module of that name. */
function missingOwnPackage({ errors }: GoOutput, context: DiagnosisContext): Failure | null {
  const { modulePath, displayDir } = context.project;
  for (const error of errors) {
    const path = missingOwnPath(error, context);
    if (path === null) continue;
    return new Failure('plugin', {
      code: 'missing-package',
      what: `${placeOf(error.file, context).display} imports ${path}, and there is no such package in the module`,
      remedy: `Correct the import, or add the folder ${posix.join(displayDir, path.slice(modulePath.length + 1))}.`,
      where: errorWhere(error, context),
    });
  }
  return null;
}

function missingOwnPath({ message }: GoError, { project }: DiagnosisContext): string | null {
  const [, path = ''] =
    /^(?:module |no required module provides package |package |cannot find module providing package )(\S+?)(?:[:;]| is not in )/.exec(
      message,
    ) ?? [];
  return path.startsWith(`${project.modulePath}/`) ? path : null;
}

/** Of a local replacement: the plugin's own go.mod was read before. */
function malformedGoMod({ errors }: GoOutput, context: DiagnosisContext): Failure | null {
  const error = errors.find(({ file }) => /(?:^|\/)go\.(?:mod|sum)$/.test(file));
  if (error === undefined || placeOf(error.file, context).kind === 'module') return null;
  return new Failure('input', {
    code: 'malformed-go-mod',
    what: `Go ${context.server.goVersion} cannot read ${errorText(error, context)}`,
    remedy: 'Correct that line.',
    where: errorWhere(error, context),
  });
}

/** What is left is about the source: a missing package, an import cycle, a file that is not Go. */
function sourceFailure({ errors, rest }: GoOutput, context: DiagnosisContext): Failure {
  const [first] = errors;
  const packages = errors.length === 0 ? rest : [];
  const texts = errors.map((error: GoError) => errorText(error, context)).concat(packages.map(cleanLine));
  const where = first === undefined ? requireWhere('', context) : errorWhere(first, context);
  return new Failure('plugin', {
    code: 'compile-error',
    what: `go cannot put the plugin together: ${texts.slice(0, shown + 2).join('; ') || 'it does not say why'}`,
    remedy: 'Correct this in the source or in go.mod; the log has all that go said.',
    where,
  });
}

function cleanLine(line: string): string {
  return oneLine(line.replace(/^go: /, ''));
}
