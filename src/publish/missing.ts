import gte from 'semver/functions/gte.js';
import { targetNames, type TargetName } from '../build/target.js';
import type { IndexEntry } from './index-file.js';

/** Servers that lack the same targets. */
export interface Missing {
  /** Tags. */
  readonly servers: readonly string[];
  readonly targets: readonly TargetName[];
}

/** gotify's first release whose Go builds plugins for riscv64. */
const firstRiscvServer = '2.7.0';

/**
 * What a release lacks. Pure.
 *
 * @param entries what is said of the files that are there
 * @param wanted `all` leaves out riscv64 for servers that cannot have it
 */
export function missingFrom(
  entries: readonly IndexEntry[],
  servers: readonly string[],
  wanted: 'all' | readonly TargetName[],
): readonly Missing[] {
  const has = (server: string, target: TargetName): boolean =>
    entries.some((entry) => entry.target === target && entry.servers.includes(server));
  const sets = new Map<string, { readonly servers: string[]; readonly targets: readonly TargetName[] }>();
  for (const server of servers) {
    const targets = targetsOf(server, wanted).filter((target) => !has(server, target));
    if (targets.length === 0) continue;
    const key = targets.join();
    const set = sets.get(key) ?? { servers: [], targets };
    set.servers.push(server);
    sets.set(key, set);
  }
  return [...sets.values()];
}

function targetsOf(server: string, wanted: 'all' | readonly TargetName[]): readonly TargetName[] {
  if (wanted !== 'all') return wanted;
  return targetNames.filter((name) => name !== 'linux-riscv64' || gte(server, firstRiscvServer));
}
