import { join } from 'node:path';
import type { Builder } from '../build/builder.js';
import { stopped } from '../build/stopped.js';
import type { Failure } from '../errors.js';
import type { BuildOptions } from '../options/options.js';
import { asFailure } from '../report/failure.js';
import { createBuilder } from './builder.js';
import type { RunContext, TargetContext } from './context.js';
import { namingReporter } from './group-reporter.js';
import { preparePinning } from './pinning.js';
import type { PlannedGroup } from './plan-groups.js';

/** The groups of a run. Each gets its builder and its pin when the first of its targets is at hand. */
export interface Groups {
  /** Throws Failure where nothing can be built for the group. */
  open(group: PlannedGroup): Promise<TargetContext>;
  /** Those that could be opened. */
  opened(): readonly TargetContext[];
  /** Whether the run ends: nothing begins any more. */
  closed(): boolean;
  /** The first reason why a group could not be opened. */
  refusal(): Failure | null;
  /** Stops and removes what runs for any of them. */
  close(): Promise<void>;
}

type GroupsContext = RunContext & { readonly options: BuildOptions };

/** @param plan all groups of the run */
export function openGroups(plan: readonly PlannedGroup[], context: GroupsContext): Groups {
  const asked = new Map<PlannedGroup, Promise<TargetContext>>();
  const builders: Builder[] = [];
  const opened: TargetContext[] = [];
  let refusal: Failure | null = null;
  let closed = false;
  const open = async (group: PlannedGroup): Promise<TargetContext> => {
    try {
      if (closed) throw stopped();
      if (group.refusal !== null) throw group.refusal;
      const own = plan.length === 1 ? context : ownContext(group, { plan, context });
      const builder = createBuilder({ ...own, server: group.lowest });
      builders.push(builder);
      const result = await openGroup(group, { ...own, builder });
      opened.push(result);
      return result;
    } catch (error) {
      refusal ??= asFailure(error);
      throw error;
    }
  };
  return {
    open: (group) => {
      const known = asked.get(group) ?? open(group);
      asked.set(group, known);
      return known;
    },
    opened: () => opened,
    closed: () => closed,
    refusal: () => refusal,
    close: async () => {
      closed = true;
      await Promise.all(builders.map((builder) => builder.close()));
    },
  };
}

interface Among {
  readonly plan: readonly PlannedGroup[];
  readonly context: GroupsContext;
}

/** Among several groups each has a scratch folder of its own, and its tasks say whose they are. */
function ownContext(group: PlannedGroup, { plan, context }: Among): GroupsContext {
  const { run, ports } = context;
  const { version } = group.lowest;
  const folder = join(version, ...partsOf(group, plan));
  return {
    ...context,
    ports: { ...ports, reporter: namingReporter(ports.reporter, version) },
    run: {
      path: join(run.path, folder),
      folder: (...parts) => run.folder(folder, ...parts),
      close: () => run.close(),
    },
  };
}

/** Two parts of one group may have the same lowest server, and have no target in common. */
function partsOf({ lowest, targets }: PlannedGroup, plan: readonly PlannedGroup[]): readonly string[] {
  const isAlone = plan.filter((other) => other.lowest === lowest).length === 1;
  return isAlone ? [] : [targets.map(({ name }) => name).join('+')];
}

async function openGroup(
  group: PlannedGroup,
  context: GroupsContext & { readonly builder: Builder },
): Promise<TargetContext> {
  const { options, ports, builder } = context;
  const { lowest: server, servers } = group;
  const { dependencies } = options;
  const pinning = await preparePinning({ ...context, server, dependencies }, ports);
  // Wrong input is told before an image is pulled for it.
  if (!options.dryRun) await builder.prepare(group.targets);
  return { ...context, server, servers, pinning, compiled: new Set(), warned: new Set() };
}
