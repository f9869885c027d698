import gte from 'semver/functions/gte.js';
import { targetNames, type TargetName } from '../build/target.js';
import type { PluginIndex } from './index-file.js';
import type { Asset } from './release-api.js';

/** Servers that lack the same targets. */
export interface Missing {
  /** Tags. */
  readonly servers: readonly string[];
  readonly targets: readonly TargetName[];
}

/** gotify's first release whose Go builds plugins for riscv64. */
const firstRiscvServer = '2.7.0';

/**
 * What a release lacks: gotify-plugin.json alone says which file is for which server, and counts where the file is
 * there. Pure.
 *
 * @param wanted `all` leaves out riscv64 for servers that cannot have it
 */
export function missingFrom(
  { index, assets }: { readonly index: PluginIndex | null; readonly assets: readonly Asset[] },
  servers: readonly string[],
  wanted: 'all' | readonly TargetName[],
): readonly Missing[] {
  const here = new Map(
    assets.flatMap(({ name, state, digest }) => (state === 'uploaded' ? [[name, digest]] : [])),
  );
  const has = (server: string, target: TargetName): boolean =>
    index?.files.some(
      (entry) =>
        entry.target === target &&
        entry.servers.includes(server) &&
        here.has(entry.file) &&
        [null, `sha256:${entry.sha256}`].includes(here.get(entry.file) ?? null),
    ) ?? false;
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
