import { basename } from 'node:path';
import type { TargetName } from '../build/target.js';
import type { PluginFile } from '../publish/file.js';
import type { AddedServers, Left } from '../publish/request.js';
import { mostNames, namesText } from '../report/describe.js';
import { outcomeOf } from '../report/outcome.js';
import type { ServerVerdict } from '../report/report.js';

/** What of a build can be published, and what of it cannot. */
export interface Publishable {
  readonly files: readonly PluginFile[];
  readonly added: readonly AddedServers[];
  readonly left: readonly Left[];
}

/** A group of a report, as far as publishing looks at it. */
export interface PublishableGroup {
  readonly goVersion: string;
  readonly servers: readonly string[];
  readonly version: string;
  readonly changes: readonly { readonly module: string; readonly to: string | null }[];
  readonly targets: readonly PublishableTarget[];
}

export type PublishableTarget =
  | {
      readonly kind: 'built';
      readonly target: TargetName;
      /** Absolute. */
      readonly file: string;
      readonly size: number;
      readonly sha256: string;
      readonly verdicts: readonly ServerVerdict[];
    }
  | {
      readonly kind: 'covered';
      readonly target: TargetName;
      readonly by: string;
      readonly verdicts: readonly ServerVerdict[];
    }
  | {
      readonly kind: 'released';
      readonly target: TargetName;
      readonly asset: string;
      readonly sha256: string;
      readonly verdicts: readonly ServerVerdict[];
    }
  | {
      readonly kind: 'failed';
      readonly target: TargetName;
      readonly failure: { readonly kind: string; readonly what: string };
    }
  | { readonly kind: 'skipped'; readonly target: TargetName };

/**
 * The files that load in every server of their group, with all servers that they were proven for, and what files of the
 * release are proven for besides. Pure.
 */
export function publishable(groups: readonly PublishableGroup[]): Publishable {
  const files = groups.flatMap((group) =>
    group.targets.flatMap((target) =>
      target.kind === 'built' && outcomeOf(target) === 'loads' ? [pluginFile(target, group, groups)] : [],
    ),
  );
  const left = groups.flatMap((group) =>
    group.targets
      .filter((target) => outcomeOf(target) !== 'loads' || isOrphan(target, groups))
      .map((target) => leftOut(target, group)),
  );
  return { files, added: groups.flatMap(({ targets }) => targets.flatMap(addedServers)), left };
}

/** What a file of the release is proven for besides. */
function addedServers(target: PublishableTarget): readonly AddedServers[] {
  if (target.kind !== 'released' || outcomeOf(target) !== 'loads') return [];
  const { asset, sha256, verdicts } = target;
  const servers = verdicts.map(({ server }) => server);
  return [{ file: asset, sha256, servers, compared: leastCompared(verdicts) }];
}

function leastCompared(verdicts: readonly ServerVerdict[]): number {
  return Math.min(...verdicts.map(({ verdict }) => (verdict?.kind === 'loads' ? verdict.compared : 0)));
}

/** Whether it is covered by a file that is not published itself. */
function isOrphan(target: PublishableTarget, groups: readonly PublishableGroup[]): boolean {
  if (target.kind !== 'covered') return false;
  const files = groups.filter(({ version }) => version === target.by).flatMap(({ targets }) => targets);
  return !files.some(
    (file) => file.kind === 'built' && file.target === target.target && outcomeOf(file) === 'loads',
  );
}

function pluginFile(
  built: Extract<PublishableTarget, { kind: 'built' }>,
  group: PublishableGroup,
  groups: readonly PublishableGroup[],
): PluginFile {
  const covered = groups.flatMap(({ targets }) =>
    targets.filter(
      (target) =>
        target.kind === 'covered' &&
        target.by === group.version &&
        target.target === built.target &&
        outcomeOf(target) === 'loads',
    ),
  );
  const verdicts = [built, ...covered].flatMap((target) => ('verdicts' in target ? target.verdicts : []));
  const { file, size, sha256, target } = built;
  return {
    name: basename(file),
    path: file,
    size,
    sha256,
    target,
    servers: verdicts.map(({ server }) => server),
    goVersion: group.goVersion,
    modules: group.changes.flatMap(({ module, to }) =>
      to === null || module === 'go' || module === 'toolchain' ? [] : [{ path: module, version: to }],
    ),
    compared: leastCompared(verdicts),
  };
}

function leftOut(target: PublishableTarget, { servers }: PublishableGroup): Left {
  const why = {
    failed: () => (target.kind === 'failed' ? `was not built: ${target.failure.what}` : ''),
    skipped: () => 'was not built, as another failed first',
    rejected: () => 'would not load',
    undecided: () =>
      `${target.kind === 'released' ? 'is at the release' : 'was built'}, and it could not be decided whether it loads`,
    'not verified': () => 'was built, and not proven',
    loads: () =>
      target.kind === 'covered' ? `would load the file for gotify ${target.by}, which is left out` : '',
  }[outcomeOf(target)]();
  return {
    target: target.target,
    servers,
    text: `${target.target} for gotify ${namesText(servers, mostNames)} ${why}`,
  };
}
