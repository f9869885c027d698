import { chooseTargets, meantTargets, type WantedTargets } from '../build/choose-targets.js';
import type { Target } from '../build/target.js';
import { Failure } from '../errors.js';
import { groupServers, newestFirst, type ServerGroup } from '../gotify/groups.js';
import type { ServerBuild } from '../gotify/server-build.js';

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

/**
 * The groups of some servers, newest first, and the targets of each.
 *
 * @throws Failure (input) for a machine that is no target
 */
export function planGroups(
  servers: readonly ServerBuild[],
  request: { readonly wanted: WantedTargets; readonly arch: string },
): readonly PlannedGroup[] {
  return groupServers(newestFirst(servers)).map((group) => {
    try {
      return { ...group, targets: chooseTargets({ ...request, server: group.lowest }), refusal: null };
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      return { ...group, targets: meantTargets(request), refusal: error };
    }
  });
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
