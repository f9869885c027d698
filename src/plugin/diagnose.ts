export { diagnoseCompile } from './diagnose-compile.js';
export { diagnoseList } from './diagnose-list.js';
export type { DiagnosisContext } from './diagnosis.js';

/**
 * Whether a compile step without a network failed because a module was not in the cache: the download step has to be
 * done again. It says nothing of the plugin.
 */
export function lacksModules(stderr: string): boolean {
  return /module lookup disabled by GOPROXY=off|missing go\.sum entry|updates to go\.mod needed|cannot find module providing package|: open .*\/cache\/download\/\S+: no such file/.test(
    stderr,
  );
}
