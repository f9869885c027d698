import { dirname, join, posix } from 'node:path';
import type { PluginProject } from '../plugin/project.js';
import type { CapResult } from './result.js';
import type { NewText } from './write.js';

/** The files that a result changes, each with its name for messages. */
export function newTexts(
  project: Pick<PluginProject, 'goModFile' | 'goModText' | 'goSumText' | 'displayGoMod'>,
  result: CapResult,
): readonly (NewText & { readonly name: string })[] {
  if (result.kind !== 'changed' && result.kind !== 'partly') return [];
  const { goModFile, goModText, goSumText, displayGoMod } = project;
  const goMod = { path: goModFile, name: displayGoMod, before: goModText, after: result.goMod };
  if (result.goSum === null) return [goMod];
  const goSum = {
    path: join(dirname(goModFile), 'go.sum'),
    name: posix.join(posix.dirname(displayGoMod), 'go.sum'),
    before: goSumText,
    after: result.goSum,
  };
  // go.sum first: were the run killed between the two, `go mod tidy` would still find its way back.
  return [goSum, goMod].filter(({ before, after }) => before !== after);
}
