import { chooseTargets, meantTargets, type WantedTargets } from '../build/choose-targets.js';
import type { Target, TargetName } from '../build/target.js';
import { Failure } from '../errors.js';
import { groupServers, type ServerGroup } from '../gotify/groups.js';
import { newestFirst } from '../gotify/newest-first.js';
import type { ServerBuild } from '../gotify/server-build.js';
import type { Missing } from '../publish/missing.js';

/** A group and what is built for it. */
export interface PlannedGroup extends ServerGroup {
  readonly targets: readonly Target[];
  /** Why nothing can be built for it; null: it can be tried. */
  readonly refusal: Failure | null;
}

/** What has to be done one after the other: a file can spare only builds of its own target and Go version. */
export interface Lane {
  readonly target: Target;
  /** Newest first. */
  readonly groups: readonly PlannedGroup[];
}

interface Wish {
  readonly wanted: WantedTargets;
  /** The machine's, as Node names it. */
  readonly arch: string;
}

/**
 * The groups of some servers, newest first, and the targets of each.
 *
 * @param request.missing what alone is wanted, where that is less than each target for each server
 * @throws Failure (input) for a machine that is no target
 */
export function planGroups(
  servers: readonly ServerBuild[],
  { missing = null, ...wish }: Wish & { readonly missing?: readonly Missing[] | null },
): readonly PlannedGroup[] {
  const groups = groupServers(newestFirst(servers));
  if (missing === null) return groups.map((group) => planned(group, wish));
  return groups.flatMap((group) =>
    sharesOf(group, missing).map(({ share, wanted }) => planned(share, { ...wish, wanted })),
  );
}

function planned(group: ServerGroup, wish: Wish): PlannedGroup {
  try {
    return { ...group, targets: chooseTargets({ ...wish, server: group.lowest }), refusal: null };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { ...group, targets: meantTargets(wish), refusal: error };
  }
}

interface Share {
  readonly share: ServerGroup;
  readonly wanted: readonly TargetName[];
}

/**
 * A group as several, where its servers lack different targets: each target is built once, for just the servers that
 * lack it, and its file is named by the lowest of those.
 */
function sharesOf(group: ServerGroup, missing: readonly Missing[]): readonly Share[] {
  const shares = new Map<string, { readonly share: ServerGroup; readonly wanted: TargetName[] }>();
  for (const target of new Set(missing.flatMap(({ targets }) => targets))) {
    const lacking = group.servers.filter(({ tag }) =>
      missing.some(({ servers, targets }) => servers.includes(tag ?? '') && targets.includes(target)),
    );
    for (const share of groupServers(lacking)) {
      const key = share.servers.map(({ version }) => version).join();
      const known = shares.get(key) ?? { share, wanted: [] };
      known.wanted.push(target);
      shares.set(key, known);
    }
  }
  return [...shares.values()];
}

/** What is known of a group, one line. */
export function groupText({ servers, goVersion, lowest }: PlannedGroup): string {
  const names = servers.map(({ version, commit }) =>
    commit === null || servers.length > 1 ? version : `${version} (${commit.slice(0, 12)})`,
  );
  return `gotify ${names.join(', ')}: Go ${goVersion}, ${String(lowest.pinList.modules.length)} modules, from ${lowest.source.kind}`;
}

/** The lanes of a plan, that of the newest group first; without verification no file can spare a build. */
export function lanesOf(plan: readonly PlannedGroup[], verify: 'static' | 'off'): readonly Lane[] {
  const lanes = new Map<string, { readonly target: Target; readonly groups: PlannedGroup[] }>();
  for (const planned of plan) {
    for (const target of planned.targets) {
      const shared = verify === 'off' ? planned.lowest.version : planned.goVersion;
      const key = `${target.name} ${shared}`;
      const lane = lanes.get(key) ?? { target, groups: [] };
      lane.groups.push(planned);
      lanes.set(key, lane);
    }
  }
  return [...lanes.values()];
}
