import { createBuildPorts } from './adapters/build-ports.js';
import { handleInterrupts } from './adapters/interrupt.js';
import type { ClosableReporter } from './adapters/reporter-actions.js';
import type { Options } from './options/options.js';
import { runBuild } from './pipeline/build.js';
import type { Files } from './ports.js';
import { failureReport } from './report/failed.js';
import { asFailure } from './report/failure.js';
import { failureJson, reportJson, reportPath } from './report/json.js';
import type { BuildReport } from './report/report.js';

export interface Job {
  readonly options: Options;
  readonly reporter: ClosableReporter;
  /** The folder of the shipped catalog, absolute. */
  readonly catalogDir: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Shows one line of our own when a signal comes. */
  readonly tell: (line: string) => void;
}

/**
 * Runs a build with the real effects, as both entries do, and writes report.json (a dry run writes none).
 *
 * @throws Failure where there is no report of targets; report.json then has the failure
 */
export async function runJob(job: Job): Promise<BuildReport> {
  const { options, reporter, catalogDir, env } = job;
  const interrupts = handleInterrupts(job.tell);
  interrupts.add(() => reporter.close());
  const ports = createBuildPorts({
    options,
    reporter,
    catalogDir,
    env,
    onClose: (cleanup) => interrupts.add(cleanup),
  });
  const write = reportWriter(options, ports.files);
  try {
    const report = await interrupts.guard(runBuild(options, ports));
    await write(reportJson(report, options.output));
    return report;
  } catch (error) {
    const failure = asFailure(error);
    // The failure itself is what the user has to see, also where its report cannot be written.
    await write(failureJson(failureReport(failure))).catch(() => undefined);
    throw failure;
  } finally {
    await reporter.close();
  }
}

function reportWriter(options: Options, files: Files): (text: string) => Promise<void> {
  if (options.dryRun) return () => Promise.resolve();
  return async (text) => {
    await files.makeDir(options.output);
    await files.write(reportPath(options), text);
  };
}
