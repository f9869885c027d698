import type { Change } from '../pin/change.js';
import type { ManifestSource } from '../verify/manifest.js';
import type { Rejection } from '../verify/verdict.js';
import type { BuildReport, TargetReport } from './report.js';

/** What the summary and the command line both say, in the same words. */

export type Outcome = 'loads' | 'rejected' | 'undecided' | 'not verified' | 'failed' | 'skipped';

export function outcomeOf(target: TargetReport): Outcome {
  if (target.kind !== 'built') return target.kind;
  return target.verdict === null ? 'not verified' : target.verdict.kind;
}

/** One sentence on what the outcome rests on, or why there is none. */
export function explain(target: TargetReport): string {
  if (target.kind === 'failed') return target.failure.what;
  if (target.kind === 'skipped') return target.because;
  const { verdict } = target;
  if (verdict === null) return 'verify is off: whether it loads is not known';
  if (verdict.kind === 'undecided') return verdict.because;
  const packages = `${String(verdict.compared)} packages compared with ${sourceText(target.comparedWith)}`;
  if (verdict.kind === 'loads') return packages;
  return `${packages}; ${count(verdict.reasons.length, 'reason', 'reasons')} why the server refuses it`;
}

export function sourceText(source: ManifestSource | null): string {
  if (source === null) return 'nothing';
  switch (source.kind) {
    case 'given':
      return `the file ${source.path}`;
    case 'release-asset':
      return source.authenticated
        ? "the server's release"
        : "the server's release (GitHub names no digest for it)";
    case 'catalog':
      return "the catalog's manifest of the server";
    case 'reference-host':
      return 'a reference host, built as the server is';
  }
}

/** What differs, without the packages. */
export function rejectionText(reason: Rejection): string {
  switch (reason.kind) {
    case 'target':
      return reason.what;
    case 'missing-symbol':
      return `the function ${reason.symbol} is missing`;
    case 'toolchain':
      return reason.plugin === reason.server
        ? `the standard library differs, although both sides say Go ${reason.server}`
        : `the plugin is built with Go ${reason.plugin ?? '(not known)'}, the server with Go ${reason.server}`;
    case 'dependency':
      return `${reason.module}: the plugin has ${reason.plugin ?? 'an unknown version'}, the server ${reason.server ?? 'an unknown version'}`;
    case 'follows':
      return 'packages of the right version differ too, as they were compiled against the ones above';
    case 'flag':
      return 'packages differ although Go and the modules are the same: a build flag, or where the modules lie on disk';
  }
}

export function rejectedPackages(reason: Rejection): readonly string[] {
  return 'packages' in reason ? reason.packages : [];
}

/** The first packages by name and the number of the others. */
export function somePackages(packages: readonly string[], most: number): string {
  const shown = packages.slice(0, most).join(', ');
  const more = packages.length - most;
  return more > 0 ? `${shown} and ${String(more)} more` : shown;
}

/** The tutorial's two ways out of a rejection, for the end of a report. */
export const tutorialRemedies =
  "gotify names two ways out: give the plugin the same Go version and dependency versions as the server (dependencies: pin does that), or build the server itself from source with the plugin's versions, and pass that gotify binary as server.";

export function changeText({ from, to }: Change): string {
  if (to === null) return `${from ?? ''} dropped`;
  return from === null ? `${to} added` : `${from} -> ${to}`;
}

export function serverText({ server }: BuildReport): string {
  const commit = server.commit === null ? '' : `, commit ${server.commit.slice(0, 12)}`;
  return `gotify ${server.version} (Go ${server.goVersion}${commit})`;
}

export function serverSourceText({ server: { source } }: BuildReport): string {
  if (source.kind === 'api') return `Facts about the server are from ${source.url}.`;
  if (source.kind === 'binary') return `Facts about the server are from the binary ${source.path}.`;
  return `Facts about the server are from the catalog: ${source.because.replace(/\.$/, '')}.`;
}

/** Bytes as MB with one digit. */
export function sizeText(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

export function secondsText(seconds: number): string {
  return `${seconds.toFixed(1)} s`;
}

export function count(number: number, one: string, many: string): string {
  return `${String(number)} ${number === 1 ? one : many}`;
}

/** The files that may be handed on: those that load, and with `verify: off` those that were built. */
export function deliveredFiles(report: BuildReport): readonly string[] {
  return report.targets.flatMap((target) => {
    if (target.kind !== 'built') return [];
    return target.verdict === null || target.verdict.kind === 'loads' ? [target.file] : [];
  });
}
