import { join, relative } from 'node:path';
import type { Mode } from '../options/contract.js';
import type { CheckReport } from './check-report.js';
import type { FailureReport } from './failed.js';
import type { PublishReport } from './publish-report.js';
import type { BuildReport, TargetReport } from './report.js';

/** What a run writes as its report.json, whatever its mode. */
export type Report = BuildReport | CheckReport | PublishReport;

/** Where report.json is, or will be. That of `publish` lies beside the one of the build, which its rerun reads again. */
export function reportPath({ output, mode }: { readonly output: string; readonly mode: Mode }): string {
  return join(output, mode === 'publish' ? 'publish-report.json' : 'report.json');
}

/**
 * The text of report.json, as docs/report.schema.json has it. Files are named relative to its folder, so that the
 * folder can be moved to another machine as a whole.
 *
 * @param folder where report.json will lie, absolute
 */
export function reportJson(report: Report, folder: string): string {
  if (report.mode !== 'build') return `${JSON.stringify(report, null, 2)}\n`;
  const groups = report.groups.map((group) => ({
    ...group,
    targets: group.targets.map((target) => withRelativeFile(target, folder)),
  }));
  return `${JSON.stringify({ ...report, groups }, null, 2)}\n`;
}

/** The same for a run that ended before there was a report. */
export function failureJson(report: FailureReport): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}

function withRelativeFile(target: TargetReport, folder: string): TargetReport {
  return 'file' in target ? { ...target, file: relative(folder, target.file) } : target;
}
