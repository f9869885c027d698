import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import type { ArtifactClient } from '@actions/artifact';
import pLimit from 'p-limit';
import { Failure } from '../errors.js';
import { unzipEntry } from '../gotify/unzip.js';
import { hasArtifacts } from '../options/event.js';
import type { Reporter } from '../ports.js';
import type { Artifact } from '../publish/artifact-plan.js';
import { isFromEarlierAttempt } from '../publish/uploader.js';
import { artifactExists, artifactFailure, notInActions } from './artifact-errors.js';
import { withToolkitOutput } from './toolkit-output.js';

export interface UploadedArtifact {
  readonly name: string;
  /** GitHub's number of it. */
  readonly id: number;
  /** Bytes of the zip file. */
  readonly size: number;
}

export interface ArtifactTools {
  /** The job's environment. The client reads process.env by itself: this is to be the same. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly reporter: Reporter;
}

/** As many as assets of a release. */
const uploadsAtOnce = 4;
/** Measured on a plugin of 30 MB: 37 % of it in 0.8 s; the default, 6, comes to 34 % in 1.2 s. */
const compressionLevel = 1;

/**
 * Uploads the artifacts to the workflow run. A later attempt of a job replaces what an earlier one uploaded under the
 * same name. That of another job, whose attempt may lie long ago, is left alone.
 *
 * @throws Failure (surroundings) `artifact-unavailable` outside a job of GitHub Actions, `artifact-unsupported` on GitHub
 *   Enterprise Server, `artifact-exists`, `artifact-quota`, `artifact-permission`, `artifact-failed`
 */
export async function uploadArtifacts(
  artifacts: readonly Artifact[],
  { env, reporter }: ArtifactTools,
): Promise<readonly UploadedArtifact[]> {
  if (artifacts.length === 0) return [];
  if (!hasArtifacts(env)) throw notInActions();
  const { DefaultArtifactClient } = await import('@actions/artifact');
  const client = new DefaultArtifactClient();
  const limit = pLimit(uploadsAtOnce);
  const one = (artifact: Artifact): Promise<UploadedArtifact> => limit(() => upload(artifact, client));
  // The others end before a failure is told: none goes on behind its back.
  const results = await withToolkitOutput(() => Promise.allSettled(artifacts.map(one)), reporter);
  return results.map((result) => {
    if (result.status === 'fulfilled') return result.value;
    throw result.reason;
  });
}

async function upload(artifact: Artifact, client: ArtifactClient): Promise<UploadedArtifact> {
  const { name, files, uploader, retentionDays } = artifact;
  try {
    if (uploader.attempt > 1) await removeOld(artifact, client);
    const options = { compressionLevel, ...(retentionDays === null ? {} : { retentionDays }) };
    const { id, size } = await client.uploadArtifact(name, [...files], commonFolder(files), options);
    if (id === undefined) throw new Error('the answer names no id');
    return { name, id, size: size ?? 0 };
  } catch (error) {
    throw error instanceof Failure ? error : artifactFailure(error, name);
  }
}

/**
 * What an earlier attempt uploaded. Nothing that GitHub says of an artifact tells whose it is: its report.json does.
 *
 * @throws Failure (surroundings) `artifact-exists` for that of anybody else
 */
async function removeOld({ name, uploader }: Artifact, client: ArtifactClient): Promise<void> {
  const id = await idOf(name, client);
  if (id === null) return;
  if (!isFromEarlierAttempt(await reportIn(id, client), uploader)) throw artifactExists(name);
  await client.deleteArtifact(name);
}

/** Null: there is no such artifact. */
async function idOf(name: string, client: ArtifactClient): Promise<number | null> {
  try {
    return (await client.getArtifact(name)).artifact.id;
  } catch (error) {
    if (error instanceof Error && error.name === 'ArtifactNotFoundError') return null;
    throw error;
  }
}

/** A report has some hundred kilobytes at most. */
const mostReportBytes = 16 * 2 ** 20;

/** The text of an artifact's report.json; empty where it has none. */
async function reportIn(id: number, client: ArtifactClient): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'gotify-plugin-artifact-'));
  try {
    await client.downloadArtifact(id, { path: folder, skipDecompress: true });
    const [zip] = await readdir(folder);
    if (zip === undefined) return '';
    const request = { zip: join(folder, zip), entry: 'report.json', limit: mostReportBytes };
    const report = await unzipEntry(request);
    return report.kind === 'bytes' ? Buffer.from(report.bytes).toString('utf8') : '';
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The folder that all files are in: names in the zip file are relative to it. */
function commonFolder(files: readonly string[]): string {
  const holds = (folder: string): boolean => files.every((file) => !relative(folder, file).startsWith('..'));
  let folder = dirname(files[0] ?? '/');
  while (!holds(folder)) folder = dirname(folder);
  return folder;
}
