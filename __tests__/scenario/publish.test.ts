import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { loadingPlugin, pluginCommit, type OutputGroup } from '../support/build-output.js';
import type { Ended } from '../support/dist.js';
import { schemaErrors } from '../support/json-schema.js';
import {
  events,
  startPublishStage,
  writeToken,
  type PublishRun,
  type PublishStage,
} from '../support/publish-process.js';
import { requestLines } from '../support/releases/request-lines.js';
import { startReleases, type Releases, type ReleasesOptions } from '../support/releases/server.js';
import { obeyedCommands } from '../support/runner-log.js';

// Processes are started: on a busy machine that takes a while.
jest.setTimeout(120_000);

let stage: PublishStage;
let releases: Releases | null = null;

beforeAll(async () => {
  stage = await startPublishStage();
});

beforeEach(() => {
  for (const name of ['out', 'out-2', 'published']) {
    rmSync(join(stage.dir, name), { recursive: true, force: true });
  }
  stage.build('out', groups);
});

afterEach(async () => {
  await releases?.close();
  releases = null;
});

afterAll(() => stage.close());

const targets = ['linux-amd64', 'linux-arm64'] as const;
const groups: readonly OutputGroup[] = [
  { servers: ['v3.0.0'], targets },
  { servers: ['v2.9.1'], targets },
];
const tags = { 'v1.0.0': pluginCommit, 'v0.9.0': pluginCommit };
const hello = { name: 'manual.pdf', bytes: Buffer.from('by hand') };

async function github(options: ReleasesOptions = {}): Promise<Releases> {
  releases = await startReleases({ tags, ...options });
  return releases;
}

/** Paths and ports of this machine are none of a snapshot's; Markdown has colons escaped. */
function plain(text: string): string {
  const { port } = new URL(releases?.apiUrl ?? 'http://127.0.0.1:1');
  return text
    .replaceAll(stage.dir, '<workspace>')
    .replace(new RegExp(`(127\\.0\\.0\\.1(:|&#58;))${port}\\b`, 'g'), '$1<port>');
}

/** Everything that can be seen of a run from outside. */
function seen(
  double: Releases,
  ended: Ended & { readonly outputs?: object; readonly summary?: string },
): object {
  const { code, signal, stdout, stderr, outputs, summary } = ended;
  return {
    code,
    signal,
    stdout: plain(stdout).split('\n'),
    stderr: plain(stderr),
    ...(outputs === undefined ? {} : { outputs: JSON.parse(plain(JSON.stringify(outputs))) as unknown }),
    ...(summary === undefined ? {} : { summary: plain(summary).split('\n') }),
    requests: requestLines(double),
    holds: double.contents(),
  };
}

function reportIsOfSchema(): void {
  const schema = JSON.parse(readFileSync('docs/report.schema.json', 'utf8'));
  expect(schemaErrors(schema, stage.report())).toEqual([]);
}

interface Case {
  readonly options?: ReleasesOptions;
  readonly run: Omit<PublishRun, 'apiUrl'>;
  readonly code: number;
}

const cases: Readonly<Record<string, Case>> = {
  'the push of a tag': { run: { event: events.pushOfTag }, code: 0 },
  'the push of a tag that has a draft made by hand': {
    options: {
      releases: [{ tag: 'v1.0.0', name: 'One', body: 'What is new', draft: true, assets: [hello] }],
    },
    run: { event: events.pushOfTag },
    code: 0,
  },
  'a release that was published': {
    options: { releases: [{ tag: 'v1.0.0', name: 'One', body: 'What is new', assets: [hello] }] },
    run: { event: events.releasePublished },
    code: 0,
  },
  'a pre-release that was made': {
    options: { releases: [{ tag: 'v1.0.0', body: 'What is new', prerelease: true }] },
    run: { event: events.releaseCreated },
    code: 0,
  },
  'a run by hand, for a tag': {
    run: {
      event: events.byHand,
      inputs: { 'release-tag': 'v0.9.0', prerelease: 'true', 'make-latest': 'false' },
    },
    code: 0,
  },
  'a run by hand that leaves a draft': {
    run: { event: events.byHand, inputs: { 'release-tag': 'v0.9.0', draft: 'true', notes: 'false' } },
    code: 0,
  },
  'a run by hand, without a tag': { run: { event: events.byHand }, code: 2 },
  'a pull request from a fork': {
    run: { event: events.forkPullRequest, inputs: { 'release-tag': 'v1.0.0' } },
    code: 2,
  },
};

describe('the action', () => {
  test.each(Object.entries(cases))('%s', async (_, { options = {}, run, code }) => {
    const double = await github(options);
    const ended = await stage.action({ apiUrl: double.apiUrl, ...run });
    expect(seen(double, ended)).toMatchSnapshot();
    expect(ended.code).toBe(code);
    expect(obeyedCommands(ended.stdout)).toEqual(code === 0 ? ['add-mask'] : ['add-mask', 'error']);
    if (code === 0) {
      reportIsOfSchema();
      expect(plain(JSON.stringify(stage.report(), null, 2))).toMatchSnapshot('report.json');
    }
  });
});

describe('the command line', () => {
  const byHand = { event: null, inputs: { 'release-tag': 'v1.0.0', repository: 'octo/plugin' } } as const;
  const all: Readonly<Record<string, Case>> = {
    'outside of Actions': { run: byHand, code: 0 },
    'outside of Actions, without a repository': {
      run: { event: null, inputs: { 'release-tag': 'v1.0.0' } },
      code: 2,
    },
    'outside of Actions, without a tag': {
      run: { event: null, inputs: { repository: 'octo/plugin' } },
      code: 2,
    },
    'in a workflow, for the push of a tag': { run: { event: events.pushOfTag }, code: 0 },
    'in a workflow, for a pull request from a fork': {
      run: { event: events.forkPullRequest, inputs: { 'release-tag': 'v1.0.0' } },
      code: 2,
    },
  };

  test.each(Object.entries(all))('%s', async (_, { run, code }) => {
    const double = await github();
    const ended = await stage.cli({ apiUrl: double.apiUrl, ...run });
    expect(seen(double, ended)).toMatchSnapshot();
    expect(ended.code).toBe(code);
  });
});

describe('a rerun', () => {
  test('changes nothing where everything is there', async () => {
    const double = await github();
    // In the folder of the build, as by default.
    const request = { apiUrl: double.apiUrl, inputs: { output: 'out', folders: 'out' } };
    await stage.action(request);
    const before = { contents: double.contents(), changes: double.changes.length };
    const { length } = double.requests;
    const ended = await stage.action(request);
    expect({ contents: double.contents(), changes: double.changes.length }).toEqual(before);
    expect(requestLines(double, length)).toMatchSnapshot();
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(ended.stdout).toContain('  there already: hello-linux-amd64-for-gotify-v3.0.0.so, ');
  });

  test('of the last group adds what is missing to a published release', async () => {
    rmSync(join(stage.dir, 'out'), { recursive: true });
    stage.build('out', groups.slice(1));
    const double = await github();
    await stage.action({ apiUrl: double.apiUrl });
    stage.build('out-2', groups.slice(0, 1));
    const ended = await stage.action({ apiUrl: double.apiUrl, inputs: { folders: 'out-2' } });
    expect(ended.code).toBe(0);
    const [release] = double.contents().releases;
    expect(Object.keys(release?.assets ?? {})).toEqual([
      'checksums.txt',
      'gotify-plugin.json',
      'hello-linux-amd64-for-gotify-v2.9.1.so',
      'hello-linux-amd64-for-gotify-v3.0.0.so',
      'hello-linux-arm64-for-gotify-v2.9.1.so',
      'hello-linux-arm64-for-gotify-v3.0.0.so',
    ]);
    expect(release?.body).toContain('hello&#45;linux&#45;arm64&#45;for&#45;gotify&#45;v2.9.1.so');
  });

  test.each([
    ['', 2, 'old'],
    ['skip', 0, 'old'],
    ['replace', 0, 'new'],
  ])('with other bytes in a published release: on-existing %j', async (rule, code, kept) => {
    const double = await github();
    await stage.action({ apiUrl: double.apiUrl });
    const old = double.contents().releases[0]?.assets;
    stage.build('out', groups, { salt: 'other' });
    const ended = await stage.action({ apiUrl: double.apiUrl, inputs: { 'on-existing': rule } });
    expect(ended.code).toBe(code);
    const name = 'hello-linux-amd64-for-gotify-v3.0.0.so';
    const now = double.contents().releases[0]?.assets;
    expect(now?.[name] === old?.[name]).toBe(kept === 'old');
    expect(Object.keys(now ?? {})).toEqual(Object.keys(old ?? {}));
    if (code !== 0) expect(ended.stdout).toContain('Write on-existing: replace or on-existing: skip');
  });
});

describe('what does not load', () => {
  const partly: readonly OutputGroup[] = [
    { servers: ['v3.0.0'], targets: ['linux-amd64'], failed: ['linux-arm64'] },
  ];

  test('keeps the release from being touched', async () => {
    stage.build('out', partly);
    const double = await github();
    const ended = await stage.action({ apiUrl: double.apiUrl });
    expect(seen(double, ended)).toMatchSnapshot();
    expect({ code: ended.code, requests: double.requests }).toEqual({ code: 1, requests: [] });
    reportIsOfSchema();
  });

  test('is left out, and said, with allow-partial', async () => {
    stage.build('out', partly);
    const double = await github();
    const ended = await stage.action({ apiUrl: double.apiUrl, inputs: { 'allow-partial': 'true' } });
    expect(seen(double, ended)).toMatchSnapshot();
    expect(ended.code).toBe(0);
    reportIsOfSchema();
  });

  test('is found out, whatever its report says', async () => {
    const name = 'hello-linux-amd64-for-gotify-v3.0.0.so';
    // The same size and digest as in the report, and bytes that load in another server.
    const wrong = loadingPlugin('v2.9.1', 'linux-amd64');
    const report = join(stage.dir, 'out/report.json');
    const sha256 = createHash('sha256').update(wrong).digest('hex');
    const text = readFileSync(report, 'utf8');
    const [, size = '', digest = ''] =
      new RegExp(`"file": "${name}",\\s+"size": (\\d+),\\s+"sha256": "(\\w+)"`).exec(text) ?? [];
    writeFileSync(
      report,
      text.replace(`"size": ${size}`, `"size": ${String(wrong.length)}`).replace(digest, sha256),
    );
    writeFileSync(join(stage.dir, 'out', name), wrong);
    const double = await github();
    const ended = await stage.action({ apiUrl: double.apiUrl });
    expect({ code: ended.code, requests: double.requests }).toEqual({ code: 1, requests: [] });
    expect(ended.outputs['compatible']).toBe('false');
    expect(ended.outputs['files']).not.toContain(name);
    expect(ended.stdout).toContain(`linux-amd64    rejected  ${name} (gotify v3.0.0)`);
    expect(ended.stdout).toContain('linux-amd64 for gotify v3.0.0 would not load');
  });

  test('is not asked about where the bytes are others', async () => {
    writeFileSync(join(stage.dir, 'out/hello-linux-amd64-for-gotify-v3.0.0.so'), 'torn');
    const double = await github();
    const ended = await stage.action({ apiUrl: double.apiUrl });
    expect({ code: ended.code, requests: double.requests }).toEqual({ code: 2, requests: [] });
    expect(ended.stdout).toContain('is not the file that its report is about');
  });
});

describe('a folder', () => {
  test.each([
    ['that is not there', { folders: 'nowhere' }, 'nowhere has no report.json'],
    ['that no pattern finds', { folders: 'none-*' }, 'none-* has no report.json'],
    [
      'of another commit',
      { folders: 'out\nout-2' },
      'out was built from example.org/hello at c0ffee000000, and out-2 from example.org/hello at bbbbbbbbbbbb',
    ],
  ])('%s is bad input', async (_, inputs, what) => {
    stage.build('out-2', groups.slice(0, 1), { commit: 'b'.repeat(40) });
    const double = await github();
    const ended = await stage.action({ apiUrl: double.apiUrl, inputs });
    expect({ code: ended.code, requests: double.requests }).toEqual({ code: 2, requests: [] });
    expect(ended.stdout).toContain('::error title=input folders::');
    expect(ended.stdout).toContain(what);
  });
});

describe('the token', () => {
  test('that may only read is told what it lacks', async () => {
    const double = await github();
    const ended = await stage.action({ apiUrl: double.apiUrl, token: 'read-token' });
    expect(seen(double, ended)).toMatchSnapshot();
    expect(ended.code).toBe(2);
    reportIsOfSchema();
  });

  test('that expires half way leaves what the rerun goes on with', async () => {
    const double = await github({
      tokens: { old: { contents: 'write', expiresAfter: 8 }, [writeToken]: { contents: 'write' } },
    });
    const ended = await stage.action({ apiUrl: double.apiUrl, token: 'old' });
    expect(ended.code).not.toBe(0);
    expect(double.contents().releases).toMatchObject([{ draft: true }]);
    const there = Object.keys(double.contents().releases[0]?.assets ?? {});
    expect(there.length).toBeGreaterThan(0);
    const { length } = double.requests;
    expect((await stage.action({ apiUrl: double.apiUrl })).code).toBe(0);
    expect(double.contents().releases).toMatchObject([{ draft: false }]);
    const uploads = requestLines(double, length).filter((line) => line.startsWith('upload POST'));
    expect(uploads.filter((line) => there.some((name) => line.includes(`=${name} `)))).toEqual([]);
  });

  test('is said nowhere', async () => {
    const double = await github();
    const ended = await stage.action({ apiUrl: double.apiUrl, env: { RUNNER_DEBUG: '1' } });
    const rest = ended.stdout.replace(`::add-mask::${writeToken}\n`, '') + ended.stderr + ended.summary;
    expect(`${rest}${JSON.stringify(stage.report())}`).not.toContain(writeToken);
    // Nor to the storage, nor to another GitHub.
    expect(stage.servers.requests.filter(({ authorization }) => authorization !== null)).toEqual([]);
  });
});

test('a tag that is not there is bad input', async () => {
  const double = await github();
  const ended = await stage.action({
    apiUrl: double.apiUrl,
    event: events.byHand,
    inputs: { 'release-tag': 'v7' },
  });
  expect(ended.code).toBe(2);
  expect(ended.stdout).toContain('the repository has no tag "v7"');
  expect(double.changes).toEqual([]);
});
