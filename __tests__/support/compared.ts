import * as v from 'valibot';
import type { TargetReport } from '../../src/report/report.js';

/** How many packages each server of a group compared, at least; 0 where one of them does not load the file. */
export function comparedPackages(target: TargetReport): number {
  if (!('verdicts' in target) || target.verdicts.length === 0) return 0;
  return Math.min(
    ...target.verdicts.map(({ verdict }) => (verdict?.kind === 'loads' ? verdict.compared : 0)),
  );
}

const verdictSchema = v.variant('kind', [
  v.looseObject({ kind: v.literal('loads'), compared: v.number() }),
  v.looseObject({ kind: v.picklist(['rejected', 'undecided']) }),
]);
const reportSchema = v.looseObject({
  groups: v.array(
    v.looseObject({
      targets: v.array(
        v.looseObject({ verdicts: v.optional(v.array(v.looseObject({ verdict: verdictSchema })), []) }),
      ),
    }),
  ),
});

/**
 * The same for every verdict of a build's report.json: the least of all of them, 0 where a target has none or one does
 * not load.
 */
export function leastCompared(report: unknown): number {
  const targets = v.parse(reportSchema, report).groups.flatMap((group) => group.targets);
  const numbers = targets.flatMap(({ verdicts }) =>
    verdicts.length === 0
      ? [0]
      : verdicts.map(({ verdict }) => (verdict.kind === 'loads' ? verdict.compared : 0)),
  );
  return Math.min(...(numbers.length === 0 ? [0] : numbers));
}
