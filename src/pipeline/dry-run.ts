import type { GoStep, Workspace } from '../build/builder.js';
import type { Target } from '../build/target.js';
import { comment, plannedText } from '../report/command-text.js';
import type { GroupResults } from './build-report.js';
import { compileArgs } from './compile-args.js';
import type { TargetContext, TargetResult } from './context.js';
import type { Groups } from './open-groups.js';
import { groupText, lanesOf, type PlannedGroup } from './plan-groups.js';
import { hostSteps, hostWorkspace } from './reference-host.js';
import { downloadArgs, makeWorkspace } from './sources.js';

/**
 * Prints every command that would build and prove each group's targets, as a shell reads them, and starts none.
 *
 * @throws Failure where a group cannot be built
 */
export async function describeGroups(
  plan: readonly PlannedGroup[],
  groups: Pick<Groups, 'open'>,
): Promise<GroupResults> {
  const results = new Map<PlannedGroup, readonly TargetResult[]>();
  for (const [index, group] of plan.entries()) {
    const context = await groups.open(group);
    const { reporter } = context.ports;
    if (index === 0) reporter.note(comment(heading));
    reporter.note(comment(groupText(group)));
    for (const planned of await context.builder.describePreparation(group.targets)) {
      reporter.note(plannedText(planned));
    }
    const targets: TargetResult[] = [];
    for (const target of group.targets) {
      targets.push(await describeTarget(target, group, { plan, context }));
    }
    results.set(group, targets);
  }
  return results;
}

const heading =
  'What a build runs; now nothing of it is. RUN stands for the name of a folder that each run makes for itself, and removes.';

interface Described {
  readonly plan: readonly PlannedGroup[];
  readonly context: TargetContext;
}

async function describeTarget(
  target: Target,
  group: PlannedGroup,
  { plan, context }: Described,
): Promise<TargetResult> {
  const { builder, pinning, ports } = context;
  const show = (step: Omit<GoStep, 'target'>, about: string): void => {
    for (const planned of builder.describe({ target, ...step })) {
      ports.reporter.note(plannedText(planned, `${target.name}: ${about}`));
    }
  };
  const workspace = await makeWorkspace(target, context);
  const spared = isSpared(target, group, { plan, context })
    ? ', unless the file of a newer server loads in each of these too'
    : '';
  const { tidy, list } = downloadArgs(workspace, context);
  if (tidy !== null) show({ workspace, phase: 'download', args: tidy }, 'tidies the build-only go.mod');
  show({ workspace, phase: 'download', args: list }, 'fetches the modules, unless an earlier run has');
  show({ workspace, phase: 'compile', args: compileArgs(workspace, context) }, `builds the plugin${spared}`);
  if (await mayNeedHost(target, context)) {
    const host: Workspace = await hostWorkspace(target, context);
    ports.reporter.note(comment(`${target.name}: ${asksFirst}`));
    for (const step of hostSteps(host, context)) show({ workspace: host, ...step }, hostAbout[step.phase]);
  }
  return { report: { kind: 'skipped', target: target.name, because: 'dry run' }, changes: pinning.changes };
}

/** Which packages that are is known from the plugin's listing alone. */
const asksFirst =
  "where the plugin lists packages of the server's modules otherwise than the server does (version, files, tags), `go list -e -mod=readonly` asks with the network which of them the server's versions have, before the next two commands";

const hostAbout: Readonly<Record<GoStep['phase'], string>> = {
  download:
    "fetches what a reference host needs, where the server's release has no manifest, and no earlier run built the same host",
  compile: 'builds the reference host that the plugin is compared with',
};

/** A file of a newer group with the same Go version may do for this one. */
function isSpared(target: Target, group: PlannedGroup, { plan, context }: Described): boolean {
  const lane = lanesOf(plan, context.options.verify).find(
    (each) => each.target === target && each.groups.includes(group),
  );
  return lane !== undefined && lane.groups[0] !== group;
}

/** What servers themselves left to compare with is known for those in the catalog; releases are asked in a run. */
async function mayNeedHost(target: Target, context: TargetContext): Promise<boolean> {
  const { catalog, options, servers } = context;
  if (options.verify === 'off' || options.manifest !== null || options.image !== null) return false;
  for (const { tag, source } of servers) {
    if (source.kind === 'binary') continue;
    if (tag === null || (await catalog.manifestText(tag, target.name)) === null) return true;
  }
  return false;
}
