import type { TargetReport } from '../../src/report/report.js';

/** How many packages each server of a group compared, at least; 0 where one of them does not load the file. */
export function comparedPackages(target: TargetReport): number {
  if (!('verdicts' in target) || target.verdicts.length === 0) return 0;
  return Math.min(
    ...target.verdicts.map(({ verdict }) => (verdict?.kind === 'loads' ? verdict.compared : 0)),
  );
}
