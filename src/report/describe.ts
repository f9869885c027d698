import type { Change } from '../pin/change.js';
import type { ManifestSource } from '../verify/manifest.js';
import type { Rejection } from '../verify/verdict.js';
import { allTargets, deliveredFiles, isSpared } from './outcome.js';
import type { BuildReport, GroupReport, ServerReport, ServerVerdict, TargetReport } from './report.js';

/** What the summary and the command line both say, in the same words. */

/** One sentence on what the outcome rests on, or why there is none. */
export function explain(target: TargetReport): string {
  if (target.kind === 'failed') return target.failure.what;
  if (target.kind === 'skipped') return target.because;
  const because = verdictsText(target.verdicts);
  if (target.kind === 'built') return because;
  const file = target.kind === 'covered' ? `the file for gotify ${target.by}` : "the release's file";
  return `${file} loads here too; ${because}`;
}

/** What servers say in the same words is said once. */
function verdictsText(verdicts: readonly ServerVerdict[]): string {
  const serversOf = new Map<string, string[]>();
  for (const verdict of verdicts) {
    const text = verdictText(verdict);
    serversOf.set(text, [...(serversOf.get(text) ?? []), verdict.server]);
  }
  const all = [...serversOf];
  return all
    .map(([text, servers]) => (all.length === 1 ? text : `${namesText(servers)}: ${text}`))
    .join('; ');
}

function verdictText({ verdict, comparedWith }: ServerVerdict): string {
  if (verdict === null) return 'verify is off: whether it loads is not known';
  if (verdict.kind === 'undecided') return verdict.because;
  const packages = `${String(verdict.compared)} packages compared with ${sourceText(comparedWith)}`;
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
    case 'main-path':
      return `the plugin's main package is called ${reason.path}, as one in the server is: the server takes it for another version of its own`;
    case 'library':
      return `it is linked to musl (${reason.library}), and the server to glibc`;
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

/** The server, or how many. */
export function serversText({ servers }: Pick<BuildReport, 'servers'>): string {
  const [server] = servers;
  if (server === undefined || servers.length > 1)
    return `${count(servers.length, 'gotify server', 'gotify servers')}: ${namesText(servers.map(({ version }) => version))}`;
  const commit = server.commit === null ? '' : `, commit ${server.commit.slice(0, 12)}`;
  return `gotify ${server.version} (Go ${server.goVersion}${commit})`;
}

/** Where the facts about the servers came from, one sentence for each place. */
export function serverSourceText({ servers }: Pick<BuildReport, 'servers'>): string {
  const [server] = servers;
  if (server !== undefined && servers.length === 1)
    return `Facts about the server are from ${placeText(server)}.`;
  const versionsOf = new Map<string, string[]>();
  for (const each of servers) {
    // The query is the commit: each server has another.
    const place = placeText(each).replace(/\?ref=[0-9a-f]+$/, '');
    versionsOf.set(place, [...(versionsOf.get(place) ?? []), each.version]);
  }
  return [...versionsOf]
    .map(([place, versions]) => `Facts about ${namesText(versions)} are from ${place}.`)
    .join(' ');
}

function placeText({ source }: ServerReport): string {
  if (source.kind === 'api') return source.url;
  if (source.kind === 'binary') return `the binary ${source.path}`;
  return `the catalog: ${source.because.replace(/\.$/, '')}`;
}

/** How many files serve how many servers, and what that cost. */
export function buildsText(report: BuildReport): string {
  const { builds, servers } = report;
  const files = count(deliveredFiles(report).length, 'file', 'files');
  const spared = allTargets(report).filter(isSpared).length;
  const cost = `${count(builds.done, 'build', 'builds')} for ${count(builds.groups, 'group', 'groups')} x ${count(builds.targets, 'target', 'targets')}`;
  return `${files} built for ${count(servers.length, 'server', 'servers')}: ${cost}${spared === 0 ? '' : `, ${String(spared)} spared`}.`;
}

/** A target's name; among several groups with the version that its file is called by. */
export function titleOf(
  { target }: TargetReport,
  { version }: GroupReport,
  { groups }: Pick<BuildReport, 'groups'>,
): string {
  return groups.length === 1 ? target : `${target} for gotify ${version}`;
}

/** Names in a message about publishing. */
export const mostNames = 10;

/** Some names in a sentence: all, or the first and the number of the others. */
export function namesText(names: readonly string[], most = 8): string {
  const more = names.length - most;
  return more > 0 ? `${names.slice(0, most).join(', ')} and ${String(more)} more` : names.join(', ');
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

/** The first few, and how many more there are. */
export function some(names: readonly string[]): string {
  const more = names.length - 5;
  return more > 0 ? `${names.slice(0, 5).join(', ')} and ${String(more)} more` : names.join(', ');
}
