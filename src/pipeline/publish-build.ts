import { exitCodeOf, worstExitCode, type Failure } from '../errors.js';
import type { BuildOptions } from '../options/options.js';
import type { ArtifactOptions } from '../options/publish.js';
import { planArtifacts, type ArtifactFile } from '../publish/artifact-plan.js';
import { uploaderOf } from '../publish/uploader.js';
import { asFailure, reportedFailure } from '../report/failure.js';
import { reportPath } from '../report/json.js';
import { isDelivered } from '../report/outcome.js';
import type { ArtifactsReport, PublishedReport, ReleaseReport } from '../report/publish-report.js';
import type { BuildReport } from '../report/report.js';
import { publishable } from './plugin-files.js';
import type { PublishPorts } from './publish-ports.js';
import { releaseFiles } from './release-files.js';

type SendingPorts = Pick<PublishPorts, 'attest' | 'releases' | 'reporter' | 'uploadArtifacts'>;

/** The report with who uploads it, so that a rerun knows the artifacts of its own job. Pure. */
export function signedReport(report: BuildReport, { publish, dryRun }: BuildOptions): BuildReport {
  const { artifacts } = publish;
  return dryRun || artifacts === null ? report : { ...report, uploadedBy: uploaderOf(artifacts) };
}

/**
 * Sends what a build made to artifacts and to the release, as its options say; report.json must be written already, as
 * artifacts hold it.
 * What fails is told in the report: the files are built, and stay.
 */
export async function publishBuild(
  report: BuildReport,
  options: BuildOptions,
  ports: SendingPorts,
): Promise<BuildReport> {
  const { artifacts, release } = options.publish;
  if (options.dryRun || (artifacts === null && release === null)) return report;
  const uploaded = artifacts === null ? null : await uploadAll(report, { options, artifacts, ports });
  const released =
    release?.tag == null
      ? null
      : await releaseFiles(
          { ...publishable(report.groups), ...pluginOf(report), tag: release.tag },
          release,
          ports,
        );
  return withPublished(report, { artifacts: uploaded, release: released });
}

/** The report with what publishing came to; a release that failed or was not touched is never a good end. */
function withPublished(report: BuildReport, published: PublishedReport): BuildReport {
  const { artifacts, release } = published;
  const exitCode = worstExitCode([
    report.exitCode,
    releaseExitCode(release),
    artifacts?.kind === 'failed' ? exitCodeOf(artifacts.failure.kind) : 0,
  ]);
  return { ...report, published, exitCode };
}

/** What a release has to say to the exit code of a run. */
export function releaseExitCode(release: ReleaseReport | null): 0 | 1 | 2 | 3 {
  if (release === null) return 0;
  if (release.kind === 'failed') return exitCodeOf(release.failure.kind);
  return release.kind === 'refused' ? 1 : 0;
}

function pluginOf({ plugin }: BuildReport): { readonly plugin: string; readonly commit: string | null } {
  return { plugin: plugin.module, commit: plugin.commit };
}

interface Uploading {
  readonly options: BuildOptions;
  readonly artifacts: ArtifactOptions;
  readonly ports: SendingPorts;
}

async function uploadAll(
  report: BuildReport,
  { options, artifacts, ports }: Uploading,
): Promise<ArtifactsReport | null> {
  const built = report.groups.flatMap(({ targets }) =>
    targets.flatMap((target) => (target.kind === 'built' ? [{ ...target, path: target.file }] : [])),
  );
  const rejected: readonly ArtifactFile[] = artifacts.keepRejected
    ? built.filter((target) => !isDelivered(target))
    : [];
  const request = {
    ...artifacts,
    plugin: report.plugin.name,
    files: built.filter(isDelivered),
    rejected,
    report: reportPath(options),
  };
  try {
    return { kind: 'uploaded', artifacts: await ports.uploadArtifacts(planArtifacts(request)) };
  } catch (error) {
    const failure = asFailure(error);
    if (artifacts.isOptional && hasNoService(failure)) {
      ports.reporter.warn(`no artifact is uploaded: ${failure.what}`);
      return null;
    }
    return { kind: 'failed', failure: reportedFailure(failure) };
  }
}

/** GitHub Enterprise Server and other runners of workflows may have none. */
function hasNoService({ code }: Failure): boolean {
  return ['artifact-unavailable', 'artifact-unsupported'].includes(code);
}
