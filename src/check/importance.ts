import { levels, type Finding } from './finding.js';

/**
 * For sort: what matters most comes first. Conflicts before drifts before notes; of one level what is about the plugin
 * as a whole or a direct requirement before what is reached transitively; then as they stand in the files.
 */
export function byImportance(a: Finding, b: Finding): number {
  return (
    levels.indexOf(a.level) - levels.indexOf(b.level) ||
    Number(follows(a)) - Number(follows(b)) ||
    Number(a.reach === 'transitive') - Number(b.reach === 'transitive') ||
    compareText(fileOf(a), fileOf(b)) ||
    lineOf(a) - lineOf(b) ||
    compareText(a.module ?? '', b.module ?? '')
  );
}

/** It says nothing but that other conflicts have consequences. */
function follows({ code }: Finding): boolean {
  return code === 'rejected-follows';
}

function fileOf({ where }: Finding): string {
  return where?.kind === 'file' ? where.file : '';
}

function lineOf({ where }: Finding): number {
  return where?.kind === 'file' ? (where.line ?? 0) : 0;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
