import type { GoStep } from '../build/builder.js';
import type { Target } from '../build/target.js';
import { shellWord } from '../report/shell-word.js';
import type { GroupResults } from './build-groups.js';
import { compileArgs } from './compile-args.js';
import type { TargetContext, TargetResult } from './context.js';
import type { Groups } from './open-groups.js';
import type { PlannedGroup } from './plan-groups.js';
import { sourceArgs, tidyArgs } from './sources.js';

/** Prints the commands that would build each group's targets. Throws Failure where a group cannot be built. */
export async function describeGroups(
  plan: readonly PlannedGroup[],
  groups: Pick<Groups, 'open'>,
): Promise<GroupResults> {
  const results = new Map<PlannedGroup, readonly TargetResult[]>();
  for (const group of plan) {
    const context = await groups.open(group);
    results.set(
      group,
      group.targets.map((target) => describeTarget(target, context)),
    );
  }
  return results;
}

/** Prints the commands that would build a target, and starts none of them. */
function describeTarget(target: Target, context: TargetContext): TargetResult {
  const { builder, options, pinning, ports, project, run } = context;
  const folder = `${run.path}/${target.name}`;
  const workspace = {
    module: project.moduleDir,
    pin: `${folder}/pin`,
    out: `${folder}/out`,
    replaced: pinning.folders.map(({ path }) => path),
  };
  const places = builder.places(workspace);
  const step = (phase: GoStep['phase'], args: readonly string[]): GoStep => ({
    target,
    workspace,
    phase,
    args,
  });
  const steps = [
    ...(pinning.tidy ? [step('download', tidyArgs(places, pinning))] : []),
    step('download', sourceArgs(places, { project, options, pinning })),
    step('compile', compileArgs(workspace, context)),
  ];
  for (const { program, args } of steps.map((each) => builder.describe(each))) {
    ports.reporter.note([program, ...args].map(shellWord).join(' '));
  }
  return { report: { kind: 'skipped', target: target.name, because: 'dry run' }, changes: pinning.changes };
}
