import { worstExitCode } from '../errors.js';
import type { BuildReport } from '../report/report.js';

/** Several builds of one plugin, for different servers and targets, as one report. Pure. */
export function mergeReports(reports: readonly BuildReport[]): BuildReport {
  const [first, ...others] = reports;
  if (first === undefined) throw new Error('no report to merge');
  return others.reduce(merge, first);
}

function merge(a: BuildReport, b: BuildReport): BuildReport {
  const known = new Set(a.servers.map(({ version }) => version));
  return {
    ...a,
    servers: [...a.servers, ...b.servers.filter(({ version }) => !known.has(version))],
    groups: [...a.groups, ...b.groups],
    builds: {
      done: a.builds.done + b.builds.done,
      groups: a.builds.groups + b.builds.groups,
      targets: Math.max(a.builds.targets, b.builds.targets),
    },
    warnings: [...new Set([...a.warnings, ...b.warnings])],
    compatible: a.compatible === b.compatible ? a.compatible : worse(a.compatible, b.compatible),
    exitCode: worstExitCode([a.exitCode, b.exitCode]),
  };
}

function worse(a: BuildReport['compatible'], b: BuildReport['compatible']): BuildReport['compatible'] {
  return a === false || b === false ? false : 'unknown';
}
