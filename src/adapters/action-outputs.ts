import { setOutput, summary } from '@actions/core';
import { newestFirst } from '../gotify/newest-first.js';
import type { OutputName } from '../options/outputs.js';
import type { CheckedServer } from '../report/check-report.js';

/** Hands outputs to the runner. */
export function setOutputs(values: Partial<Record<OutputName, string>>): void {
  for (const [name, value] of Object.entries(values)) setOutput(name, value);
}

/** The outputs that say which servers a run was about, in whatever order it looked at them. */
export function serverOutputs({
  servers,
}: {
  readonly servers: readonly Pick<CheckedServer, 'version' | 'commit' | 'goVersion'>[];
}): Partial<Record<OutputName, string>> {
  const sorted = newestFirst(servers);
  return {
    'server-version': sorted.map(({ version }) => version).join(','),
    'server-commit': sorted.map(({ commit }) => commit ?? '').join(','),
    'go-version': sorted.map(({ goVersion }) => goVersion).join(','),
  };
}

/** Adds Markdown to the step's summary; runners without summaries set no file. */
export async function writeSummary(markdown: string): Promise<void> {
  if ((process.env['GITHUB_STEP_SUMMARY'] ?? '') === '') return;
  await summary.addRaw(markdown).write();
}
