import { createBuildPorts, createCheckPorts, type PortSettings } from './adapters/build-ports.js';
import { handleInterrupts } from './adapters/interrupt.js';
import type { ClosableReporter } from './adapters/reporter-actions.js';
import type { Options } from './options/options.js';
import type { Files } from './ports.js';
import type { CheckReport } from './report/check-report.js';
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
 * Runs a build or a check with the real effects, as both entries do, and writes report.json (a dry run writes none).
 *
 * @throws Failure where there is no report; report.json then has the failure
 */
export async function runJob(job: Job): Promise<BuildReport | CheckReport> {
  const { options, reporter, catalogDir, env } = job;
  const interrupts = handleInterrupts(job.tell);
  interrupts.add(() => reporter.close());
  const settings = {
    reporter,
    catalogDir,
    env,
    onClose: (cleanup: () => Promise<void>) => interrupts.add(cleanup),
  };
  const { files, work } = prepare(options, settings);
  const write = reportWriter(options, files);
  try {
    const report = await interrupts.guard(work());
    await write(reportJson(report, options.output));
    return report;
  } catch (error) {
    const failure = asFailure(error);
    // The failure itself is what the user has to see, also where its report cannot be written.
    await write(failureJson(failureReport(failure, options.mode))).catch(() => undefined);
    throw failure;
  } finally {
    await reporter.close();
  }
}

interface Prepared {
  readonly files: Files;
  readonly work: () => Promise<BuildReport | CheckReport>;
}

/** Each mode is loaded where it is asked for: a check of lines takes less time than loading a build. */
function prepare(options: Options, settings: Omit<PortSettings, 'options'>): Prepared {
  if (options.mode === 'build') {
    const ports = createBuildPorts({ ...settings, options });
    return {
      files: ports.files,
      work: async () => (await import('./pipeline/build.js')).runBuild(options, ports),
    };
  }
  const ports = createCheckPorts({ ...settings, options });
  return {
    files: ports.files,
    work: async () => (await import('./pipeline/check.js')).runCheck(options, ports),
  };
}

function reportWriter(options: Options, files: Files): (text: string) => Promise<void> {
  if (options.mode === 'build' && options.dryRun) return () => Promise.resolve();
  return async (text) => {
    await files.makeDir(options.output);
    await files.write(reportPath(options), text);
  };
}
