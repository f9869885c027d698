import { createCheckPorts, createPublishPorts, type PortSettings } from './adapters/build-ports.js';
import { createFiles } from './adapters/files.js';
import { handleInterrupts } from './adapters/interrupt.js';
import type { ClosableReporter } from './adapters/reporter-actions.js';
import type { BuildOptions, Options } from './options/options.js';
import type { ReleaseOptions } from './options/publish.js';
import type { PublishPorts } from './pipeline/publish-ports.js';
import { commitOf } from './plugin/commit.js';
import { locatePlugin } from './plugin/project.js';
import type { Files } from './ports.js';
import { failureReport } from './report/failed.js';
import { asFailure } from './report/failure.js';
import { failureJson, reportJson, reportPath, type Report } from './report/json.js';
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
 * Runs a build, a check or a publication with the real effects, as both entries do, and writes report.json (a dry run
 * writes none).
 *
 * @throws Failure where there is no report; report.json then has the failure
 */
export async function runJob(job: Job): Promise<Report> {
  const { options, reporter, catalogDir, env } = job;
  const interrupts = handleInterrupts(job.tell);
  interrupts.add(() => reporter.close());
  const settings = {
    reporter,
    catalogDir,
    env,
    onClose: (cleanup: () => Promise<void>) => interrupts.add(cleanup),
  };
  const files = createFiles();
  const write = reportWriter(options, files);
  try {
    const report = await interrupts.guard(work(options, { settings, write }));
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

interface Working {
  readonly settings: Omit<PortSettings, 'options'>;
  /** Writes report.json. */
  readonly write: (text: string) => Promise<void>;
}

/** What does the work is loaded once there is some: a mistake in the inputs is told in less time than loading it takes. */
async function work(options: Options, { settings, write }: Working): Promise<Report> {
  switch (options.mode) {
    case 'check': {
      const { runCheck } = await import('./pipeline/check.js');
      return runCheck(options, createCheckPorts({ ...settings, options }));
    }
    case 'publish': {
      const { publishFolders } = await import('./pipeline/publish-folders.js');
      return publishFolders(options, createPublishPorts({ ...settings, options }));
    }
    case 'build':
      return build(options, { settings, write });
  }
}

async function build(options: BuildOptions, { settings, write }: Working): Promise<BuildReport> {
  const ports = createPublishPorts({ ...settings, options });
  for (const warning of options.warnings) ports.reporter.warn(warning);
  const { artifacts, release } = options.publish;
  if (release?.skipExisting === true) return follow(options, release, { ports, write });
  // Before a build is loaded, as there may be no plugin.
  const project = await locatePlugin(options, ports.files);
  const { runBuild } = await import('./pipeline/build.js');
  const report = await runBuild(options, ports, { project, commit: commitOf(options.path, ports) });
  if (options.dryRun || (artifacts === null && release === null)) return report;
  return publish(report, options, { ports, write });
}

interface Publishing extends Pick<Working, 'write'> {
  readonly ports: PublishPorts;
}

async function follow(
  options: BuildOptions,
  release: ReleaseOptions,
  { ports, write }: Publishing,
): Promise<BuildReport> {
  const { followRelease } = await import('./pipeline/follow.js');
  const followed = await followRelease(options, release, ports);
  if (followed.kind === 'complete' || options.dryRun) return followed.report;
  const { artifacts } = options.publish;
  const at = { ...options, publish: { artifacts, release: { ...release, tag: followed.tag } } };
  return publish(followed.report, at, { ports, write });
}

async function publish(
  report: BuildReport,
  options: BuildOptions,
  { ports, write }: Publishing,
): Promise<BuildReport> {
  const { publishBuild, signedReport } = await import('./pipeline/publish-build.js');
  const signed = signedReport(report, options);
  // An artifact holds it.
  await write(reportJson(signed, options.output));
  return publishBuild(signed, options, ports);
}

function reportWriter(options: Options, files: Files): (text: string) => Promise<void> {
  if (options.mode === 'build' && options.dryRun) return () => Promise.resolve();
  return async (text) => {
    await files.makeDir(options.output);
    await files.write(reportPath(options), text);
  };
}
