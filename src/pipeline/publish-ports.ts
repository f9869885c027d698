import type { GitHub } from '../gotify/github.js';
import type { ReleaseOptions } from '../options/publish.js';
import type { Artifact } from '../publish/artifact-plan.js';
import type { ReleaseApi } from '../publish/release-api.js';
import type { ArtifactReport } from '../report/publish-report.js';
import type { CheckPorts } from './check-ports.js';
import type { SourceApi } from './source-from-api.js';
import type { BuildPorts } from './ports.js';

/** The effects of publishing. */
export interface PublishPorts extends BuildPorts, Pick<CheckPorts, 'matchingFiles'> {
  /** The releases of the repository. */
  releases(options: ReleaseOptions): Promise<ReleaseApi>;
  /** The lists of servers, for who needs nothing else of gotify/server. */
  lists(): Promise<Pick<GitHub, 'tags' | 'latestRelease'>>;
  /** The source of the repository. */
  source(options: ReleaseOptions): Promise<SourceApi>;
  /** Throws Failure. */
  uploadArtifacts(artifacts: readonly Artifact[]): Promise<readonly ArtifactReport[]>;
  /** Signs where the files were built. Throws Failure, before anything is signed, where the job may not. */
  attest(files: readonly { readonly name: string; readonly sha256: string }[], token: string): Promise<void>;
}
