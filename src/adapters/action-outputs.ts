import { setOutput, summary } from '@actions/core';
import type { OutputName } from '../options/outputs.js';

/** Hands outputs to the runner. */
export function setOutputs(values: Partial<Record<OutputName, string>>): void {
  for (const [name, value] of Object.entries(values)) setOutput(name, value);
}

/** Adds Markdown to the step's summary; runners without summaries set no file. */
export async function writeSummary(markdown: string): Promise<void> {
  if ((process.env['GITHUB_STEP_SUMMARY'] ?? '') === '') return;
  await summary.addRaw(markdown).write();
}
