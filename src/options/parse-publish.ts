import type { Failure } from '../errors.js';
import {
  artifactLayouts,
  defaultOf,
  makeLatestValues,
  onExistingValues,
  publications,
  type Entry,
  type InputName,
  type RawOptions,
} from './contract.js';
import { hasArtifacts, workflowEvent, type WorkflowEvent } from './event.js';
import type { ArtifactOptions, PublishOptions, ReleaseOptions } from './publish.js';
import { bad, isTrue, oneOf, quoted, type Read } from './read.js';

/** What publishing is parsed from. */
export interface PublishReading {
  readonly entry: Entry;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The JSON of the event that started the workflow. */
  readonly event: () => unknown;
  readonly read: Read;
  /** The token of the `token` input; null: none. */
  readonly token: string | null;
}

export interface Publishing extends PublishOptions {
  /** What was asked for and is not done, whole sentences. */
  readonly warnings: readonly string[];
}

/**
 * Where a build's files go.
 *
 * @param verify of the build: what was not proven is never released
 * @throws Failure (input) for what cannot be; (surroundings) for an event that cannot be read
 */
export function parsePublish(
  raw: RawOptions,
  reading: PublishReading & { readonly verify: 'static' | 'off' },
): Publishing {
  const { read, env, verify, entry } = reading;
  // Read whatever happens to them now: a mistake has to show before the tag is pushed.
  const artifacts = artifactOptions(raw, reading);
  const values = releaseValues(reading);
  const skipExisting = isTrue('skip-existing', read);
  const event = read('publish') === 'none' ? noEvent : workflowEvent(env, reading.event);
  const wanted = wantedPlaces(reading, event);
  const isFork = event.kind === 'other' && event.isFork;
  const isReleased = wanted.release || (skipExisting && read('publish') === 'auto' && !isFork);
  if (isReleased && verify === 'off') throw unproven();
  if (wanted.artifact && entry === 'cli' && !hasArtifacts(env)) throw noArtifacts();
  if (skipExisting && !isReleased) throw nothingToSkip();
  // One workflow serves several events: what `auto` has no use for at this one, it has at another.
  const isByEvent = entry === 'action' && read('publish') === 'auto';
  if (!isReleased && !wanted.fork && !isByEvent) refuseOrphan(forReleases, 'release', reading);
  if (!wanted.artifact && !isByEvent) refuseOrphan(forArtifacts, 'artifact', reading);
  const warnings = wanted.fork
    ? ['no release is touched: a pull request from a fork publishes artifacts only']
    : [];
  return {
    artifacts: wanted.artifact ? artifacts : null,
    release: isReleased ? releaseOptions(values, { event, skipExisting }, reading) : null,
    warnings,
  };
}

/**
 * The release that the mode `publish` sends files to.
 *
 * @throws Failure (input) for what cannot be
 */
export function parseRelease(reading: PublishReading): ReleaseOptions {
  const event = workflowEvent(reading.env, reading.event);
  if (event.kind === 'other' && event.isFork) throw fromFork();
  return releaseOptions(releaseValues(reading), { event, skipExisting: false }, reading);
}

interface Wanted {
  readonly artifact: boolean;
  readonly release: boolean;
  /** Whether a release was asked for in vain. */
  readonly fork: boolean;
}

/** What started the workflow does not matter. */
const noEvent: WorkflowEvent = { kind: 'none' };

function wantedPlaces({ read, entry }: PublishReading, event: WorkflowEvent): Wanted {
  const isFork = event.kind === 'other' && event.isFork;
  switch (oneOf('publish', publications, read)) {
    case 'none':
      return { artifact: false, release: false, fork: false };
    case 'artifact':
      return { artifact: true, release: false, fork: false };
    case 'release':
      if (isFork) throw fromFork();
      return { artifact: false, release: true, fork: false };
    case 'both':
      return { artifact: true, release: !isFork, fork: isFork };
    case 'auto':
      // A step that runs a command has no access to artifacts, and who types one says what it shall do.
      if (entry === 'cli') return { artifact: false, release: false, fork: false };
      return { artifact: event.kind !== 'none', release: event.kind === 'tag', fork: false };
  }
}

/** What the steps of a job may vary, besides the values of a matrix. */
const varied: readonly InputName[] = [
  ...(['path', 'package', 'server', 'targets', 'builder', 'image', 'dependencies', 'verify'] as const),
  ...(['manifest', 'name', 'output', 'ldflags', 'build-flags'] as const),
];

function artifactOptions(raw: RawOptions, { entry, read, env }: PublishReading): ArtifactOptions {
  const name = read('artifact-name');
  // https://github.com/actions/toolkit/blob/main/packages/artifact/src/internal/upload/path-and-artifact-name-validation.ts
  if (/["<>|*?:\\/\r\n]/.test(name) || name.length > 200) {
    const remedy = 'Write up to 200 characters without " < > | * ? : \\ / and line ends.';
    throw bad('artifact-name', `${quoted(name)} cannot be the name of an artifact`, remedy);
  }
  const matrix = raw.matrix?.trim() ?? '';
  return {
    layout: oneOf('artifact', artifactLayouts, read),
    name: name === '' ? null : name,
    retentionDays: wholeNumber('retention-days', read, { what: 'days', most: 400 }),
    keepRejected: isTrue('keep-rejected', read),
    isOptional: read('publish') === 'auto',
    job: env['GITHUB_JOB'] ?? '',
    attempt: Number(env['GITHUB_RUN_ATTEMPT'] ?? '') || 1,
    apart: Object.fromEntries([
      // Its default is the runner's to fill in: as text it would be the same for all.
      ...(matrix === '' ? [] : [['matrix', matrix]]),
      ...varied
        .filter((input) => (raw[input]?.trim() ?? '') !== '' && read(input) !== defaultOf(input, entry))
        .map((input) => [input, read(input)]),
    ]),
  };
}

/** What was written about a release, checked. */
interface ReleaseValues extends Omit<
  ReleaseOptions,
  'apiUrl' | 'repository' | 'token' | 'tag' | 'skipExisting'
> {
  /** Null: not written. */
  readonly repository: string | null;
  readonly tag: string | null;
}

function releaseValues({ read, env }: PublishReading): ReleaseValues {
  const [prerelease, draft] = [isTrue('prerelease', read), isTrue('draft', read)];
  const makeLatest = read('make-latest') === '' ? null : oneOf('make-latest', makeLatestValues, read);
  // https://docs.github.com/rest/releases/releases#create-a-release (make_latest)
  if (prerelease && makeLatest === 'true') throw neverLatest('a pre-release', 'prerelease');
  if (draft && makeLatest !== null) throw neverLatest('a draft', 'draft');
  return {
    repository: read('repository') === '' ? null : repositoryOf(read('repository')),
    tag: read('release-tag') === '' ? null : tagOf(read('release-tag')),
    allowPartial: isTrue('allow-partial', read),
    prerelease,
    draft,
    makeLatest,
    notes: isTrue('notes', read),
    onExisting: read('on-existing') === '' ? null : oneOf('on-existing', onExistingValues, read),
    part: partOf(read, env),
    attest: isTrue('attest', read),
  };
}

function releaseOptions(
  values: ReleaseValues,
  { event, skipExisting }: { readonly event: WorkflowEvent; readonly skipExisting: boolean },
  { env, token }: PublishReading,
): ReleaseOptions {
  if (token === null) throw noToken();
  const apiUrl = (env['GITHUB_API_URL'] ?? '') === '' ? 'https://api.github.com' : env['GITHUB_API_URL'];
  const tag = values.tag ?? (event.kind === 'tag' ? tagOf(event.tag) : null);
  if (tag === null && !skipExisting) throw bad('release-tag', 'no tag started this run', tagRemedy);
  return {
    ...values,
    apiUrl: (apiUrl ?? '').replace(/\/+$/, ''),
    repository: values.repository ?? ownRepository(env),
    token,
    // Null where the latest release is meant.
    tag,
    skipExisting,
  };
}

function ownRepository(env: PublishReading['env']): string {
  const name = env['GITHUB_REPOSITORY'] ?? '';
  if (name !== '') return repositoryOf(name);
  throw bad('repository', 'nobody said whose release it is', repositoryRemedy);
}

const repositoryRemedy = 'Write OWNER/NAME, such as octocat/gotify-hello.';

function repositoryOf(name: string): string {
  if (/^[\w.-]+\/[\w.-]+$/.test(name) && !/(^|\/)\.+(\/|$)/.test(name)) return name;
  throw bad('repository', `${quoted(name)} is no repository`, repositoryRemedy);
}

const tagRemedy = 'Write the tag whose release gets the files, such as v1.2.0.';

function tagOf(tag: string): string {
  // https://git-scm.com/docs/git-check-ref-format
  if (!/[\s\p{Cc}~^:?*[\\]|\.\.|@\{|^[-/]|[/.]$|\/\/|\.lock$/u.test(tag)) return tag;
  throw bad('release-tag', `${quoted(tag)} cannot be the name of a tag`, tagRemedy);
}

function partOf(read: Read, env: PublishReading['env']): ReleaseOptions['part'] {
  const of = wholeNumber('parts', read, { what: 'jobs', most: 256 });
  const name = read('part');
  if (of === null && name === '') return null;
  if (of === null) throw bad('parts', 'a part is named, but not how many there are', 'Write parts: too.');
  // It becomes part of an asset's name, of which GitHub would drop such dots.
  if (name.length <= 50 && /^[\w-]+(\.[\w-]+)*$/.test(name)) {
    const [run = '', attempt = ''] = [env['GITHUB_RUN_ID'], env['GITHUB_RUN_ATTEMPT']];
    return { of, name, run: run === '' ? null : run, attempt: attempt === '' ? null : attempt };
  }
  const what = name === '' ? 'this part has no name' : `${quoted(name)} cannot be the name of a part`;
  throw bad(
    'part',
    what,
    'Write a name of its own for each job: up to 50 letters, digits, dashes and underscores, with single dots between them.',
  );
}

function wholeNumber(
  name: InputName,
  read: Read,
  { what, most }: { readonly what: string; readonly most: number },
): number | null {
  const written = read(name);
  if (written === '') return null;
  if (/^[1-9]\d*$/.test(written) && Number(written) <= most) return Number(written);
  throw bad(
    name,
    `${quoted(written)} is not a number of ${what}`,
    `Write a whole number from 1 to ${String(most)}.`,
  );
}

const forReleases: readonly InputName[] = [
  ...(['parts', 'part', 'attest', 'release-tag', 'repository', 'allow-partial'] as const),
  ...(['prerelease', 'draft', 'make-latest', 'notes', 'on-existing'] as const),
];
const forArtifacts: readonly InputName[] = ['artifact', 'artifact-name', 'retention-days', 'keep-rejected'];

/** What was asked of a release or an artifact where there never is one would be ignored in silence. */
function refuseOrphan(
  names: readonly InputName[],
  what: 'release' | 'artifact',
  { read, entry }: PublishReading,
): void {
  const orphan = names.find((name) => read(name).toLowerCase() !== defaultOf(name, entry));
  if (orphan === undefined) return;
  const place = ['artifact', 'release'].includes(read('publish')) ? 'both' : what;
  throw bad(
    orphan,
    `${orphan} is for ${what}s, and this run has none`,
    `Leave it out, or write publish: ${place}.`,
  );
}

function neverLatest(what: string, input: InputName): Failure {
  return bad('make-latest', `${what} cannot be the latest release`, `Leave make-latest out, or ${input}.`);
}

function unproven(): Failure {
  return bad(
    'verify',
    'what was not proven to load is never released',
    'Write verify: static, or publish: artifact.',
  );
}

function noArtifacts(): Failure {
  return bad(
    'publish',
    'there is nowhere to upload artifacts to: only an action in a workflow has them',
    'Write publish: release, or leave it out: the files are in the folder output.',
  );
}

function nothingToSkip(): Failure {
  return bad(
    'skip-existing',
    'this run has no release that something could exist in',
    'Write publish: release, or leave skip-existing out.',
  );
}

function noToken(): Failure {
  return bad(
    'token',
    'a release cannot be published without a token',
    'Pass one that may write the contents of the repository; on the command line GITHUB_TOKEN of the environment is used.',
  );
}

function fromFork(): Failure {
  return bad(
    'publish',
    'a pull request from a fork cannot publish a release: its token may only read',
    'Write publish: artifact, or publish: auto, which leaves releases to tags.',
  );
}
