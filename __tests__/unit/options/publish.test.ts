import { describe, expect, test } from '@jest/globals';
import type { InputName, RawOptions } from '../../../src/options/contract.js';
import type { BuildOptions, PublishOnlyOptions } from '../../../src/options/options.js';
import { optionsFrom, type ParseContext } from '../../../src/options/parse.js';
import type { ReleaseOptions } from '../../../src/options/publish.js';
import { planArtifacts } from '../../../src/publish/artifact-plan.js';
import { failureIn } from '../../support/failure-in.js';

type Env = Readonly<Record<string, string>>;

const job: Env = {
  HOME: '/home/me',
  GITHUB_ACTIONS: 'true',
  GITHUB_API_URL: 'https://api.github.com',
  GITHUB_REPOSITORY: 'octo/plugin',
  GITHUB_RUN_ID: '42',
  GITHUB_RUN_ATTEMPT: '2',
};
const pull = (head: string): unknown => ({
  pull_request: { base: { repo: { full_name: 'octo/plugin' } }, head: { repo: { full_name: head } } },
});

interface Event {
  readonly env: Env;
  readonly payload?: unknown;
}

const shell: Event = { env: { HOME: '/home/me' } };
const tag: Event = { env: { ...job, GITHUB_EVENT_NAME: 'push', GITHUB_REF: 'refs/tags/v1.2.0' } };
const branch: Event = { env: { ...job, GITHUB_EVENT_NAME: 'push', GITHUB_REF: 'refs/heads/main' } };
const schedule: Event = { env: { ...job, GITHUB_EVENT_NAME: 'schedule', GITHUB_REF: 'refs/heads/main' } };
const release = (action: string): Event => ({
  env: { ...job, GITHUB_EVENT_NAME: 'release', GITHUB_REF: 'refs/tags/v1.2.0' },
  payload: { action, release: { tag_name: 'v1.2.0' } },
});
const own: Event = { env: { ...job, GITHUB_EVENT_NAME: 'pull_request' }, payload: pull('octo/plugin') };
const fork: Event = { env: { ...job, GITHUB_EVENT_NAME: 'pull_request' }, payload: pull('cat/plugin') };
const broken: Event = { env: { ...job, GITHUB_EVENT_NAME: 'pull_request' } };

function contextOf({ env, payload }: Event, entry: 'action' | 'cli'): ParseContext {
  const event = (): unknown => {
    if (payload === undefined) throw new Error('there is no event');
    return payload;
  };
  return { entry, base: '/base', cores: 4, env, platform: 'linux', dryRun: false, event };
}

function build(raw: RawOptions, event: Event, entry: 'action' | 'cli' = 'action'): BuildOptions {
  const options = optionsFrom({ token: 'ghs_x', ...raw }, contextOf(event, entry));
  if (options.mode !== 'build') throw new Error('no build');
  return options;
}

function publish(raw: RawOptions, event: Event, entry: 'action' | 'cli' = 'action'): PublishOnlyOptions {
  const options = optionsFrom({ mode: 'publish', token: 'ghs_x', ...raw }, contextOf(event, entry));
  if (options.mode !== 'publish') throw new Error('no publication');
  return options;
}

function releaseOf(raw: RawOptions, event: Event = tag): ReleaseOptions {
  const { release } = build(raw, event).publish;
  if (release === null) throw new Error('no release');
  return release;
}

describe('where files go', () => {
  test.each<[string, RawOptions, Event, boolean, string | null]>([
    ['the push of a tag', {}, tag, true, 'v1.2.0'],
    ['a release that was published', {}, release('published'), true, 'v1.2.0'],
    ['a release that was made', {}, release('created'), true, 'v1.2.0'],
    ['a release that was edited', {}, release('edited'), true, null],
    ['the push of a branch', {}, branch, true, null],
    ['a schedule', {}, schedule, true, null],
    ['a pull request', {}, own, true, null],
    ['a pull request from a fork', {}, fork, true, null],
    ['no workflow', {}, shell, false, null],
    ['none', { publish: 'none' }, tag, false, null],
    ['none, where the event cannot be read', { publish: 'none' }, broken, false, null],
    ['artifact', { publish: 'artifact' }, tag, true, null],
    ['artifact, from a fork', { publish: 'artifact' }, fork, true, null],
    ['auto on a branch, with what a release needs', { draft: 'true', attest: 'true' }, branch, true, null],
    ['auto on a branch, with its part of one', { parts: '2', part: 'x' }, branch, true, null],
    ['auto in a fork, with the tag of a release', { 'release-tag': 'v1', notes: 'false' }, fork, true, null],
    ['auto without artifacts, with a name for one', { 'artifact-name': 'x' }, shell, false, null],
    ['both, from a fork, with what a release needs', { publish: 'both', attest: 'true' }, fork, true, null],
    ['artifact, with what is written by default', { publish: 'artifact', notes: 'True' }, tag, true, null],
    ['release', { publish: 'release' }, tag, false, 'v1.2.0'],
    ['release, by a tag', { publish: 'release', 'release-tag': 'v1.1.0' }, branch, false, 'v1.1.0'],
    ['release, by another tag', { publish: 'release', 'release-tag': 'v1.1.0' }, tag, false, 'v1.1.0'],
    ['both', { publish: 'both' }, tag, true, 'v1.2.0'],
    ['both, by a tag', { publish: 'both', 'release-tag': 'v1.1.0' }, own, true, 'v1.1.0'],
    ['both, from a fork', { publish: 'both', 'release-tag': 'v1.1.0' }, fork, true, null],
  ])('%s', (...[, raw, event, isArtifact, releaseTag]) => {
    const { artifacts, release: found } = build(raw, event).publish;
    expect([artifacts !== null, found?.tag ?? null]).toEqual([isArtifact, releaseTag]);
  });

  test('on the command line to nothing by themselves, also in a workflow', () => {
    expect(build({}, tag, 'cli').publish).toEqual({ artifacts: null, release: null });
    expect(build({ publish: 'release' }, tag, 'cli').publish.release?.tag).toBe('v1.2.0');
    const byHand = { publish: 'release', 'release-tag': 'v1', repository: 'octo/plugin' };
    expect(build(byHand, shell, 'cli').publish).toMatchObject({ artifacts: null, release: { tag: 'v1' } });
  });

  test('skip-existing asks for the latest release, or for one that is named', () => {
    const raw = { 'skip-existing': 'true' };
    expect(build(raw, schedule).publish.release).toMatchObject({ tag: null, skipExisting: true });
    expect(releaseOf({ ...raw, 'release-tag': 'v1.1.0' }, schedule).tag).toBe('v1.1.0');
    expect(releaseOf({ ...raw, publish: 'release' }, schedule).tag).toBeNull();
    expect(releaseOf(raw, tag)).toMatchObject({ tag: 'v1.2.0', skipExisting: true });
  });

  test('a fork is told that its release is left out', () => {
    expect(build({ publish: 'both' }, fork).warnings).toEqual([
      'no release is touched: a pull request from a fork publishes artifacts only',
    ]);
    expect(build({}, fork).warnings).toEqual([]);
    expect(build({ publish: 'both' }, tag).warnings).toEqual([]);
  });
});

describe('the release', () => {
  test('has defaults', () => {
    expect(build({}, tag).publish).toEqual({
      artifacts: {
        layout: 'single',
        name: null,
        retentionDays: null,
        keepRejected: false,
        isOptional: true,
        job: '',
        attempt: 2,
        apart: {},
      },
      release: {
        apiUrl: 'https://api.github.com',
        repository: 'octo/plugin',
        token: 'ghs_x',
        tag: 'v1.2.0',
        allowPartial: false,
        prerelease: false,
        draft: false,
        makeLatest: null,
        notes: true,
        onExisting: null,
        part: null,
        attest: false,
        skipExisting: false,
      },
    });
  });

  test.each<[RawOptions, object]>([
    [{ 'allow-partial': 'true' }, { allowPartial: true }],
    [{ prerelease: 'TRUE' }, { prerelease: true }],
    [{ draft: 'true' }, { draft: true }],
    [{ 'make-latest': 'legacy' }, { makeLatest: 'legacy' }],
    [{ 'make-latest': 'false' }, { makeLatest: 'false' }],
    [{ notes: 'false' }, { notes: false }],
    [{ 'on-existing': 'skip' }, { onExisting: 'skip' }],
    [{ attest: 'true' }, { attest: true }],
    [{ repository: 'other/plug.in' }, { repository: 'other/plug.in' }],
    [{ parts: '8', part: 'amd64.x-1' }, { part: { of: 8, name: 'amd64.x-1', run: '42', attempt: '2' } }],
    [{ 'release-tag': 'plugins/hello/v1.0.0-rc.1+x' }, { tag: 'plugins/hello/v1.0.0-rc.1+x' }],
    [{ 'release-tag': 'ä' }, { tag: 'ä' }],
  ])('%j', (raw, expected) => {
    expect(releaseOf(raw)).toMatchObject(expected);
  });

  test('is at the API of the job', () => {
    const env = { ...tag.env, GITHUB_API_URL: 'https://ghe.example/api/v3/' };
    expect(releaseOf({}, { env })).toMatchObject({ apiUrl: 'https://ghe.example/api/v3' });
    const nowhere = { ...tag.env, GITHUB_API_URL: '' };
    expect(releaseOf({}, { env: nowhere })).toMatchObject({ apiUrl: 'https://api.github.com' });
  });

  test('has a part without a run outside of workflows', () => {
    const raw = { publish: 'release', 'release-tag': 'v1', repository: 'a/b', parts: '2', part: 'x' };
    expect(releaseOf(raw, shell)).toMatchObject({ part: { of: 2, name: 'x', run: null, attempt: null } });
  });

  test('takes the token of the environment on the command line', () => {
    const raw = { publish: 'release', 'release-tag': 'v1', repository: 'a/b', token: '' };
    const env = { ...shell.env, GITHUB_TOKEN: 'env' };
    expect(build(raw, { env }, 'cli').publish.release?.token).toBe('env');
  });

  test('gets its token also where gotify is read elsewhere', () => {
    const env = { ...tag.env, GITHUB_API_URL: 'https://ghe.example/api/v3' };
    expect(build({}, { env })).toMatchObject({ token: null, publish: { release: { token: 'ghs_x' } } });
  });
});

describe('artifacts', () => {
  test.each<[RawOptions, object]>([
    [{ artifact: 'per-target' }, { layout: 'per-target' }],
    [{ 'artifact-name': 'my plugins' }, { name: 'my plugins' }],
    [{ 'retention-days': '7' }, { retentionDays: 7 }],
    [{ 'keep-rejected': 'true' }, { keepRejected: true }],
    [{ targets: 'amd64', server: 'v2.9.1' }, { apart: { targets: 'amd64', server: 'v2.9.1' } }],
    [{ targets: ' all ', server: 'latest' }, { apart: {} }],
    [{ concurrency: '2', draft: 'true' }, { apart: {} }],
    [{ manifest: 'abi.json' }, { apart: { manifest: 'abi.json' } }],
    [{ matrix: ' {"ref":"main"} ' }, { apart: { matrix: '{"ref":"main"}' } }],
    [{ matrix: '' }, { apart: {} }],
  ])('%j', (raw, expected) => {
    expect(build(raw, branch).publish.artifacts).toMatchObject(expected);
  });

  const nameIn = (id: string, raw: RawOptions = {}, attempt = '1'): string => {
    const env = { ...branch.env, GITHUB_JOB: id, GITHUB_RUN_ATTEMPT: attempt };
    const { artifacts } = build(raw, { env }).publish;
    if (artifacts === null) throw new Error('no artifacts');
    const files = [{ path: '/out/hello.so', target: 'linux-amd64' }];
    const [artifact] = planArtifacts({ ...artifacts, plugin: 'hello', files, rejected: [], report: null });
    return artifact?.name ?? '';
  };

  test('have names of their own in every job of a run, and the same in a rerun', () => {
    const matrix = (ref: string): RawOptions => ({ matrix: JSON.stringify({ ref }, null, 2) });
    const jobs: readonly (readonly [string, RawOptions])[] = [
      ['build', {}],
      ['test', {}],
      ['build', matrix('main')],
      ['build', matrix('next')],
      ['test', matrix('next')],
      ['build', { ...matrix('next'), server: '2.9' }],
    ];
    const all = jobs.map(([id, raw]) => nameIn(id, raw));
    expect(new Set(all).size).toBe(jobs.length);
    expect(jobs.map(([id, raw]) => nameIn(id, raw, '2'))).toEqual(all);
    expect(all.slice(0, 2)).toEqual(['hello-plugins-build', 'hello-plugins-test']);
    expect(all[2]).toMatch(/^hello-plugins-build-[0-9a-f]{8}$/);
  });

  test('belong to the attempt that uploads them', () => {
    const env = { ...branch.env, GITHUB_RUN_ATTEMPT: '3' };
    expect(build({}, { env }).publish.artifacts).toMatchObject({ attempt: 3 });
    expect(build({}, { env: { ...env, GITHUB_RUN_ATTEMPT: '' } }).publish.artifacts).toMatchObject({
      attempt: 1,
    });
  });
});

describe('what may not be written names its input', () => {
  const partial = { publish: 'release', 'release-tag': 'v1', repository: 'a/b' };

  test.each<[string, RawOptions, Event, string]>([
    ['another place', { publish: 'everywhere' }, tag, 'publish'],
    ['a release from a fork', { publish: 'release', 'release-tag': 'v1' }, fork, 'publish'],
    ['a release of what is not proven', { verify: 'off' }, tag, 'verify'],
    ['the same, asked for', { publish: 'both', 'release-tag': 'v1', verify: 'off' }, branch, 'verify'],
    ['the same, for a follower', { 'skip-existing': 'true', verify: 'off' }, schedule, 'verify'],
    ['no token', { token: '' }, tag, 'token'],
    ['no tag', { publish: 'release' }, branch, 'release-tag'],
    ['a tag with a blank', { 'release-tag': 'v 1' }, tag, 'release-tag'],
    ['a tag with two dots', { 'release-tag': 'v1..2' }, tag, 'release-tag'],
    ['a tag like an option', { 'release-tag': '-v1' }, tag, 'release-tag'],
    ['a tag that ends in a slash', { 'release-tag': 'v1/' }, tag, 'release-tag'],
    ['a tag that is a lock', { 'release-tag': 'v1.lock' }, tag, 'release-tag'],
    ['a tag with a control character', { 'release-tag': 'v1\u0007' }, tag, 'release-tag'],
    ['no repository', { ...partial, repository: '' }, shell, 'repository'],
    ['a repository without an owner', { repository: 'plugin' }, tag, 'repository'],
    ['a repository that leads elsewhere', { repository: '../..' }, tag, 'repository'],
    ['a repository with more', { repository: 'a/b/releases' }, tag, 'repository'],
    ['no number of parts', { parts: '0', part: 'x' }, tag, 'parts'],
    ['too many parts', { parts: '257', part: 'x' }, tag, 'parts'],
    ['half a part', { parts: '1.5', part: 'x' }, tag, 'parts'],
    ['a part of nobody knows how many', { part: 'x' }, tag, 'parts'],
    ['parts without a name', { parts: '2' }, tag, 'part'],
    ['a part with a slash', { parts: '2', part: 'a/b' }, tag, 'part'],
    ['a part with dots that GitHub drops', { parts: '2', part: 'a..b' }, tag, 'part'],
    ['a part that starts with a dot', { parts: '2', part: '.a' }, tag, 'part'],
    ['a part with a long name', { parts: '2', part: 'x'.repeat(51) }, tag, 'part'],
    ['parts without a release', { parts: '2', part: 'x', publish: 'artifact' }, branch, 'parts'],
    ['an attestation without a release', { attest: 'true', publish: 'none' }, branch, 'attest'],
    ['a draft without a release', { draft: 'true', publish: 'artifact' }, tag, 'draft'],
    ['a tag without a release', { 'release-tag': 'v1', publish: 'none' }, tag, 'release-tag'],
    ['a text without a release', { notes: 'FALSE', publish: 'artifact' }, tag, 'notes'],
    ['rejected files without artifacts', { 'keep-rejected': 'true', publish: 'none' }, tag, 'keep-rejected'],
    ['a name without artifacts', { 'artifact-name': 'x', publish: 'release' }, tag, 'artifact-name'],
    ['a latest pre-release', { prerelease: 'true', 'make-latest': 'true' }, tag, 'make-latest'],
    ['a latest draft', { draft: 'true', 'make-latest': 'legacy' }, tag, 'make-latest'],
    ['nothing to skip', { 'skip-existing': 'true', publish: 'artifact' }, schedule, 'skip-existing'],
    ['the same with none', { 'skip-existing': 'true', publish: 'none' }, schedule, 'skip-existing'],
    ['a follower in a fork', { 'skip-existing': 'true' }, fork, 'skip-existing'],
    [
      'a follower in a fork that publishes both',
      { 'skip-existing': 'true', publish: 'both' },
      fork,
      'skip-existing',
    ],
    ['on-existing', { 'on-existing': 'overwrite' }, tag, 'on-existing'],
    ['make-latest', { 'make-latest': 'yes' }, tag, 'make-latest'],
    ['allow-partial', { 'allow-partial': 'yes' }, tag, 'allow-partial'],
    ['prerelease', { prerelease: 'rc' }, tag, 'prerelease'],
    ['draft', { draft: '1' }, tag, 'draft'],
    ['notes', { notes: 'text' }, tag, 'notes'],
    ['attest', { attest: 'maybe' }, tag, 'attest'],
    ['skip-existing', { 'skip-existing': 'yes' }, tag, 'skip-existing'],
    ['artifact', { artifact: 'many' }, branch, 'artifact'],
    ['keep-rejected', { 'keep-rejected': 'all' }, branch, 'keep-rejected'],
    ['days', { 'retention-days': '0' }, branch, 'retention-days'],
    ['too many days', { 'retention-days': '401' }, branch, 'retention-days'],
    ['a name of an artifact', { 'artifact-name': 'a/b' }, branch, 'artifact-name'],
    ['a long name of an artifact', { 'artifact-name': 'x'.repeat(201) }, branch, 'artifact-name'],
  ])('%s', (...[, raw, event, input]) => {
    const found = failureIn(() => build(raw, event));
    expect(found).toMatchObject({ kind: 'input', code: `bad-${input}`, where: { kind: 'input', input } });
    expect(found.remedy).toMatch(/^[A-Z].*\.$/);
  });

  test('artifacts from a command line, unless its job hands on what GitHub gives to actions', () => {
    const given = { ACTIONS_RESULTS_URL: 'https://results', ACTIONS_RUNTIME_TOKEN: 't' };
    for (const publish of ['artifact', 'both']) {
      const raw = { publish, 'release-tag': 'v1', repository: 'a/b' };
      const used = publish === 'both' ? raw : { publish };
      for (const event of [shell, branch])
        expect(failureIn(() => build(used, event, 'cli'))).toMatchObject({ code: 'bad-publish' });
      const inJob = { env: { ...branch.env, ...given } };
      expect(build(used, inJob, 'cli').publish.artifacts).not.toBeNull();
    }
  });

  test.each<[InputName, string]>([
    ['on-existing', 'replce'],
    ['make-latest', 'newest'],
    ['allow-partial', 'yes'],
    ['prerelease', 'rc'],
    ['draft', '1'],
    ['notes', 'text'],
    ['attest', 'maybe'],
    ['skip-existing', 'yes'],
    ['repository', 'plugin'],
    ['release-tag', 'v 1'],
    ['parts', 'many'],
    ['part', 'a/b'],
    ['artifact', 'many'],
    ['artifact-name', 'a/b'],
    ['retention-days', 'abc'],
    ['keep-rejected', 'all'],
  ])('%s: %s is wrong at every event, for every place', (input, text) => {
    const raw = { ...(input === 'part' ? { parts: '2' } : {}), [input]: text };
    for (const event of [tag, branch, schedule, own, fork, shell]) {
      for (const place of ['auto', 'artifact', 'none']) {
        const found = failureIn(() => build({ ...raw, publish: place, token: '' }, event));
        expect(found).toMatchObject({ code: `bad-${input}` });
      }
    }
    expect(failureIn(() => build(raw, shell, 'cli'))).toMatchObject({ code: `bad-${input}` });
  });

  test('what a command line asks of a release needs one', () => {
    expect(failureIn(() => build({ draft: 'true' }, tag, 'cli'))).toMatchObject({ code: 'bad-draft' });
    expect(failureIn(() => build({ artifact: 'per-target' }, tag, 'cli'))).toMatchObject({
      code: 'bad-artifact',
    });
    const released = { draft: 'true', publish: 'release', 'release-tag': 'v1', repository: 'a/b' };
    expect(build(released, shell, 'cli').publish.release).toMatchObject({ draft: true });
    const followed = { 'skip-existing': 'true', 'allow-partial': 'true', repository: 'a/b' };
    expect(build(followed, shell, 'cli').publish.release).toMatchObject({ allowPartial: true });
  });

  test('says what to write', () => {
    const said = (raw: RawOptions, event: Event): string => {
      const { what, remedy } = failureIn(() => build(raw, event));
      return `${what}. ${remedy}`;
    };
    expect([
      said({ publish: 'release', 'release-tag': 'v1' }, fork),
      said({ 'skip-existing': 'true' }, fork),
      said({ verify: 'off' }, tag),
      said({ token: '' }, tag),
      said({ publish: 'release' }, branch),
      said({ ...partial, repository: '' }, shell),
      said({ attest: 'true', publish: 'artifact' }, branch),
      said({ 'keep-rejected': 'true', publish: 'none' }, branch),
      said({ prerelease: 'true', 'make-latest': 'true' }, tag),
      said({ 'skip-existing': 'true', publish: 'none' }, schedule),
      said({ parts: '2', part: 'a/b' }, tag),
      said({ part: 'a' }, tag),
      said({ 'retention-days': 'x' }, branch),
    ]).toMatchSnapshot();
  });

  test('an event that cannot be read is no bad input', () => {
    expect(failureIn(() => build({}, broken))).toMatchObject({
      kind: 'surroundings',
      code: 'event-unreadable',
    });
  });
});

describe('the mode publish', () => {
  test('has defaults', () => {
    expect(publish({}, tag)).toEqual({
      mode: 'publish',
      base: '/base',
      serverApiUrl: 'https://api.github.com',
      token: 'ghs_x',
      output: '/base/dist-plugins',
      cacheDir: '/home/me/.cache/gotify-plugin-build',
      folders: ['dist-plugins'],
      release: releaseOf({}),
      dryRun: false,
    });
  });

  test.each<[string, RawOptions, Event, string]>([
    ['the push of a tag', {}, tag, 'v1.2.0'],
    ['a release that was published', {}, release('published'), 'v1.2.0'],
    ['a run by hand', { 'release-tag': 'v1.1.0' }, branch, 'v1.1.0'],
    ['no workflow', { 'release-tag': 'v1.1.0', repository: 'a/b' }, shell, 'v1.1.0'],
    ['a pull request of this repository', { 'release-tag': 'v1.1.0' }, own, 'v1.1.0'],
  ])('%s', (...[, raw, event, expected]) => {
    expect(publish(raw, event).release.tag).toBe(expected);
  });

  test('takes folders and patterns, one a line', () => {
    expect(publish({ folders: 'downloads/*\n\n my out \ndownloads/*' }, tag).folders).toEqual([
      'downloads/*',
      'my out',
    ]);
  });

  test.each<[string, RawOptions, Event, string]>([
    ['a fork', { 'release-tag': 'v1' }, fork, 'publish'],
    ['no tag', {}, branch, 'release-tag'],
    ['no tag, after an edit', {}, release('edited'), 'release-tag'],
    ['no token', { token: '' }, tag, 'token'],
    ['no repository', { 'release-tag': 'v1' }, shell, 'repository'],
    ['no folder of that name', { folders: 'a\0b' }, tag, 'folders'],
    ['a bad API', { 'server-api-url': 'here' }, tag, 'server-api-url'],
  ])('%s is refused', (...[, raw, event, input]) => {
    expect(failureIn(() => publish(raw, event))).toMatchObject({
      kind: 'input',
      code: `bad-${input}`,
      where: { kind: 'input', input },
    });
  });
});
