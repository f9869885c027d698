import { Failure } from '../errors.js';
import { digestOf, partsOf, uploaderOf, type Uploader, type UploadingJob } from './uploader.js';

export type ArtifactLayout = 'single' | 'per-target';

/** A file that goes into an artifact. */
export interface ArtifactFile {
  /** Absolute. */
  readonly path: string;
  readonly target: string;
}

export interface ArtifactRequest extends UploadingJob {
  readonly layout: ArtifactLayout;
  /** The name that the user wants; null: one is made of the plugin's. */
  readonly name: string | null;
  /** The plugin's name, which its files begin with. */
  readonly plugin: string;
  readonly files: readonly ArtifactFile[];
  /** Empty unless rejected files are to be kept. */
  readonly rejected: readonly ArtifactFile[];
  /** The path of report.json, which every artifact gets; null where there is none. */
  readonly report: string | null;
  /** Null: the repository's own. */
  readonly retentionDays: number | null;
}

/** One artifact to upload. */
export interface Artifact {
  readonly name: string;
  /** Absolute paths. */
  readonly files: readonly string[];
  readonly uploader: Uploader;
  readonly retentionDays: number | null;
}

/**
 * Which artifacts a run uploads: one for all files or one for each target, and one for what was rejected.
 *
 * GitHub takes a name once in a run, so that its jobs need different ones; a rerun needs the same, to replace its own.
 * Neither an attempt's number nor a random part can be in it therefore. The name is `<plugin>-plugins-<job>`; a job that
 * has a matrix or sets inputs gets eight digits of a hash of those behind it, which differ where the jobs do. (What was
 * built is no good: `latest` may mean another server in the rerun.) A name that the user gives is taken as it is.
 *
 * @throws Failure (input) `artifact-name` for a name that GitHub refuses
 */
export function planArtifacts(request: ArtifactRequest): readonly Artifact[] {
  const { layout, files, rejected, report, retentionDays } = request;
  const base = baseName(request);
  const artifact = (name: string, content: readonly ArtifactFile[]): Artifact => ({
    name,
    files: [...content.map(({ path }) => path), ...(report === null ? [] : [report])],
    uploader: uploaderOf(request),
    retentionDays,
  });
  const targets = [...new Set(files.map(({ target }) => target))];
  const whole = files.length === 0 ? [] : [artifact(base, files)];
  const built =
    layout === 'single'
      ? whole
      : targets.map((target) =>
          artifact(
            `${base}-${target}`,
            files.filter((file) => file.target === target),
          ),
        );
  return [...built, ...(rejected.length === 0 ? [] : [artifact(`${base}-rejected`, rejected)])];
}

function baseName({ name, plugin, job, apart }: ArtifactRequest): string {
  if (name !== null) return checkedName(name);
  const own = [plugin, 'plugins', ...(job === '' ? [] : [job])].map((part) => part.replace(/[^\w.-]+/g, '-'));
  const parts = partsOf(apart);
  return [...own, ...(parts.length === 0 ? [] : [digestOf(parts).slice(0, 8)])].join('-');
}

/** @see https://github.com/actions/toolkit/blob/main/packages/artifact/src/internal/upload/path-and-artifact-name-validation.ts */
function checkedName(name: string): string {
  const wrong = /[\p{Cc}":<>|*?\\/]/u.exec(name)?.[0];
  if (name.trim() !== '' && wrong === undefined) return name;
  const what = wrong === undefined ? 'is empty' : `contains ${JSON.stringify(wrong)}`;
  throw new Failure('input', {
    code: 'artifact-name',
    what: `the name of the artifact ${what}`,
    remedy: 'Write one without " : < > | * ? \\ / and line ends.',
    where: { kind: 'input', input: 'artifact-name' },
  });
}
