import { createHash, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { uploadArtifacts, type UploadedArtifact } from '../../../src/adapters/artifacts.js';
import { unzipEntry } from '../../../src/gotify/unzip.js';
import type { Artifact } from '../../../src/publish/artifact-plan.js';
import {
  type Artifacts,
  runtimeToken,
  startArtifacts,
  type StoredArtifact,
} from '../../support/artifacts/server.js';
import { failureOf } from '../../support/failure.js';
import { createRecorder } from '../../support/recorder.js';

let double: Artifacts;
let folder: string;
let printed: string;
const unwanted = ['GITHUB_SERVER_URL', 'GITHUB_RUN_ATTEMPT', 'GITHUB_RETENTION_DAYS'];
const variables = ['ACTIONS_RESULTS_URL', 'ACTIONS_RUNTIME_TOKEN', ...unwanted];
const before = variables.map((name) => [name, process.env[name]] as const);
const { setTimeout: realTimeout } = globalThis;
const realWrite = process.stdout.write.bind(process.stdout);

beforeEach(async () => {
  double = await startArtifacts();
  folder = await mkdtemp(join(tmpdir(), 'artifacts-'));
  printed = '';
  process.stdout.write = (chunk: string | Uint8Array): boolean => {
    printed += String(chunk);
    return true;
  };
  process.env['ACTIONS_RESULTS_URL'] = double.url;
  process.env['ACTIONS_RUNTIME_TOKEN'] = runtimeToken({ run: 'run-1', job: 'job-1' });
  for (const name of unwanted) Reflect.deleteProperty(process.env, name);
});

afterEach(async () => {
  process.stdout.write = realWrite;
  globalThis.setTimeout = realTimeout;
  for (const [name, value] of before) {
    if (value === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  }
  await double.close();
  await rm(folder, { recursive: true, force: true });
});

const file = async (name: string, content: string | Uint8Array = name): Promise<string> => {
  const path = join(folder, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
  return path;
};

const uploader = { job: 'a1'.padEnd(16, '0'), attempt: 1 };

const artifact = (name: string, files: readonly string[], retentionDays: number | null = null): Artifact => ({
  name,
  files,
  uploader,
  retentionDays,
});

const log = createRecorder();
const upload = (...artifacts: readonly Artifact[]): Promise<readonly UploadedArtifact[]> =>
  uploadArtifacts(artifacts, { env: process.env, reporter: log });

const textIn = async ({ bytes }: StoredArtifact, entry: string): Promise<string> => {
  const unzipped = await unzipEntry({ zip: bytes ?? Buffer.alloc(0), entry, limit: 2 ** 30 });
  return unzipped.kind === 'bytes' ? Buffer.from(unzipped.bytes).toString('latin1') : unzipped.because;
};

const names = (): readonly string[] => double.artifacts.map(({ name }) => name);
const calls = (): readonly string[] => double.requests.map(({ call }) => call);

/** The client waits for seconds before it tries again: here a hundredth of it. */
const hurry = (): void => {
  const fast = (callback: () => void, wait?: number): NodeJS.Timeout =>
    realTimeout(callback, (wait ?? 0) / 100);
  globalThis.setTimeout = Object.assign(fast, { __promisify__: realTimeout.__promisify__ });
};

describe('uploadArtifacts', () => {
  test('what arrives is a finished zip file with the files and folders', async () => {
    const files = [await file('a.so'), await file('rejected/b.so'), await file('report.json', '{}')];
    const [uploaded] = await upload(artifact('echo-plugins', files, 3));
    const [stored] = double.artifacts;
    if (stored === undefined) throw new Error('nothing arrived');
    expect(uploaded).toEqual({ name: 'echo-plugins', id: stored.id, size: stored.bytes?.length });
    expect([stored.name, stored.finalized, stored.ids]).toEqual([
      'echo-plugins',
      true,
      { run: 'run-1', job: 'job-1' },
    ]);
    expect(await textIn(stored, 'a.so')).toBe('a.so');
    expect(await textIn(stored, 'rejected/b.so')).toBe('rejected/b.so');
    expect(await textIn(stored, 'report.json')).toBe('{}');
    const days = (Date.parse(stored.expiresAt ?? '') - Date.now()) / 86_400_000;
    expect(Math.round(days)).toBe(3);
    expect(
      double.requests.filter(({ call }) => call === 'PUT').map(({ authorization }) => authorization),
    ).toEqual([null, null]);
  });

  test('a file of many blocks arrives whole', async () => {
    const bytes = randomBytes(20 * 2 ** 20);
    await upload(artifact('large', [await file('a.so', bytes)]));
    const [stored] = double.artifacts;
    if (stored === undefined) throw new Error('nothing arrived');
    const hash = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');
    expect(calls().filter((call) => call === 'PUT').length).toBeGreaterThan(3);
    expect(hash(Buffer.from(await textIn(stored, 'a.so'), 'latin1'))).toBe(hash(bytes));
  });

  test('several are uploaded, and none of them needs one', async () => {
    const path = await file('a.so');
    await upload(...['a', 'b', 'c', 'd', 'e', 'f'].map((name) => artifact(name, [path])));
    expect([...names()].sort()).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
    expect(await upload()).toEqual([]);
  });

  describe('in a rerun', () => {
    const build = async (so: string, by: object = { uploadedBy: uploader }): Promise<Artifact> =>
      artifact('mine', [await file(so), await file('report.json', JSON.stringify(by))]);
    const again = (first: Artifact): Artifact => ({ ...first, uploader: { ...uploader, attempt: 2 } });
    const left = async (): Promise<string> => {
      const mine = double.artifacts.find(({ name }) => name === 'mine');
      return mine === undefined ? '' : textIn(mine, 'old.so');
    };

    test('what an earlier attempt of the job uploaded is replaced', async () => {
      await upload(await build('old.so'));
      // GitHub may give the job of another attempt another id.
      process.env['ACTIONS_RUNTIME_TOKEN'] = runtimeToken({ run: 'run-1', job: 'job-1-again' });
      const other = again(artifact('not yet', [await file('new.so')]));
      await upload(again(await build('new.so', { uploadedBy: { ...uploader, attempt: 2 } })), other);
      expect([...names()].sort()).toEqual(['mine', 'not yet']);
      const mine = double.artifacts.find(({ name }) => name === 'mine');
      expect(mine === undefined ? '' : await textIn(mine, 'new.so')).toBe('new.so');
    });

    test.each([
      ['another job', { uploadedBy: { ...uploader, job: 'b2'.padEnd(16, '0') } }],
      ['another step of this attempt', { uploadedBy: { ...uploader, attempt: 2 } }],
      ['nobody of ours', {}],
    ])('what %s uploaded is left alone, and said', async (_, by) => {
      await upload(await build('old.so', by));
      const failure = await failureOf(upload(again(await build('new.so'))));
      expect([failure.kind, failure.code]).toEqual(['surroundings', 'artifact-exists']);
      expect(failure.remedy).toContain('artifact-name');
      expect(await left()).toBe('old.so');
      expect(calls()).not.toContain('DeleteArtifact');
    });

    test('what has no report is left alone', async () => {
      await upload(artifact('mine', [await file('old.so')]));
      expect((await failureOf(upload(again(await build('new.so'))))).code).toBe('artifact-exists');
      expect(await left()).toBe('old.so');
    });

    test('what cannot be looked at is left alone', async () => {
      hurry();
      await upload(await build('old.so'));
      double.fail({ call: 'GET', reply: 'reset' });
      expect((await failureOf(upload(again(await build('new.so'))))).code).toBe('artifact-failed');
      expect(await left()).toBe('old.so');
    });
  });

  test("another job's artifact of that name is left alone, and said", async () => {
    await upload(artifact('same', [await file('first.so')]));
    process.env['ACTIONS_RUNTIME_TOKEN'] = runtimeToken({ run: 'run-1', job: 'job-2' });
    const failure = await failureOf(upload(artifact('same', [await file('second.so')])));
    expect([failure.kind, failure.code]).toEqual(['surroundings', 'artifact-exists']);
    expect(failure.remedy).toContain('artifact-name');
    const [stored] = double.artifacts;
    expect(stored === undefined ? '' : await textIn(stored, 'first.so')).toBe('first.so');
    process.env['ACTIONS_RUNTIME_TOKEN'] = runtimeToken({ run: 'run-2', job: 'job-1' });
    await upload(artifact('same', [await file('second.so')]));
    expect(names()).toEqual(['same', 'same']);
  });

  test('when one fails, the others are there', async () => {
    const path = await file('a.so');
    await upload(artifact('b', [path]));
    expect(
      (await failureOf(upload(artifact('a', [path]), artifact('b', [path]), artifact('c', [path])))).code,
    ).toBe('artifact-exists');
    expect(
      double.artifacts
        .filter(({ finalized }) => finalized)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['a', 'b', 'c']);
  });
});

describe('failures', () => {
  test.each(['ACTIONS_RESULTS_URL', 'ACTIONS_RUNTIME_TOKEN'])('outside a job, without %s', async (name) => {
    Reflect.deleteProperty(process.env, name);
    const failure = await failureOf(upload(artifact('a', [await file('a.so')])));
    expect([failure.kind, failure.code]).toEqual(['surroundings', 'artifact-unavailable']);
    expect(failure.remedy).toContain('publish: none');
  });

  test('GitHub Enterprise Server', async () => {
    process.env['GITHUB_SERVER_URL'] = 'https://github.example.org';
    const failure = await failureOf(upload(artifact('a', [await file('a.so')])));
    expect([failure.kind, failure.code]).toEqual(['surroundings', 'artifact-unsupported']);
    expect(failure.remedy).toContain('publish: none');
    expect(printed).toBe('');
  });

  test.each([
    [403, 'insufficient usage to create artifact', 'artifact-quota'],
    [403, 'token is gone', 'artifact-permission'],
    [401, 'token is gone', 'artifact-permission'],
    [501, 'broken', 'artifact-failed'],
  ])('the answer %i, %s', async (status, msg, code) => {
    double.fail({ call: 'CreateArtifact', reply: { status, msg } });
    const failure = await failureOf(upload(artifact('my-name', [await file('a.so')])));
    expect([failure.kind, failure.code]).toEqual(['surroundings', code]);
    expect(failure.what).toContain('my-name');
    expect(failure.cause).toBeInstanceOf(Error);
  });

  test('server errors heal when the service does, and fail when it does not', async () => {
    hurry();
    const path = await file('a.so');
    for (const call of ['CreateArtifact', 'FinalizeArtifact', 'PUT']) {
      double.fail({ call, times: 1, reply: { status: 503, msg: 'try again' } });
      await upload(artifact(call, [path]));
    }
    expect(double.artifacts.map(({ name, finalized }) => [name, finalized])).toEqual([
      ['CreateArtifact', true],
      ['FinalizeArtifact', true],
      ['PUT', true],
    ]);
    double.fail({ call: 'CreateArtifact', reply: { status: 500, msg: 'down' } });
    const failure = await failureOf(upload(artifact('b', [path])));
    expect([failure.kind, failure.code]).toEqual(['surroundings', 'artifact-failed']);
    expect(failure.what).toContain('(500)');
  });

  test.each(['CreateArtifact', 'PUT', 'FinalizeArtifact'])('a connection that is cut at %s', async (call) => {
    hurry();
    double.fail({ call, reply: 'reset' });
    const failure = await failureOf(upload(artifact('a', [await file('a.so')])));
    expect([failure.kind, failure.code]).toEqual(['surroundings', 'artifact-failed']);
    expect(failure.remedy).toBe('Run the job again.');
    expect(double.artifacts.filter(({ finalized }) => finalized)).toEqual([]);
  });

  test('a file that is gone', async () => {
    const failure = await failureOf(upload(artifact('a', [join(folder, 'gone.so')])));
    expect([failure.code, failure.what.includes('gone.so')]).toEqual(['artifact-failed', true]);
  });
});

describe('the log', () => {
  test('the client says nothing to the runner but what has to be masked', async () => {
    await upload(artifact('a', [await file('a.so')]));
    const lines = printed.split('\n').filter((line) => line !== '' && !line.startsWith('::debug::'));
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.filter((line) => line !== '::add-mask::SIGNATURE')).toEqual([]);
    expect(log.lines.some((line) => /^detail: .*successfully finalized/.test(line))).toBe(true);
  });

  test('its warnings are told', async () => {
    process.env['GITHUB_RETENTION_DAYS'] = '2';
    await upload(artifact('a', [await file('a.so')], 5));
    expect(log.lines.filter((line) => /^warn: Retention days .* Using 2 instead\.$/.test(line)).length).toBe(
      1,
    );
  });

  test.each(['a\n::error::spoken.so', 'x/\n::set-output name=a::b/a.so', '##[error]spoken.so'])(
    'the file name %j cannot speak to the runner',
    async (name) => {
      const path = await file(name);
      await rm(path);
      await upload(artifact('a', [await file('good.so'), path])).catch(() => undefined);
      await writeFile(path, 'there');
      await upload(artifact('b', [await file('good.so'), path])).catch(() => undefined);
      const spoken = printed.split('\n').filter((line) => !/^(?:::add-mask::|::debug::|$)/.test(line));
      expect(spoken).toEqual([]);
      expect(printed).not.toMatch(/^::(?!add-mask|debug)/m);
    },
  );
});
