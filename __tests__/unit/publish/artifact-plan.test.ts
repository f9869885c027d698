import { describe, expect, test } from '@jest/globals';
import { type ArtifactRequest, planArtifacts } from '../../../src/publish/artifact-plan.js';
import { isFromEarlierAttempt, uploaderOf } from '../../../src/publish/uploader.js';
import { failureIn } from '../../support/failure-in.js';

const amd64 = { path: '/out/echo-linux-amd64-for-gotify-v2.9.1.so', target: 'linux-amd64' };
const arm64 = { path: '/out/echo-linux-arm64-for-gotify-v2.9.1.so', target: 'linux-arm64' };
const older = { path: '/out/echo-linux-amd64-for-gotify-v2.6.3.so', target: 'linux-amd64' };

const request = (changes: Partial<ArtifactRequest> = {}): ArtifactRequest => ({
  layout: 'single',
  name: null,
  plugin: 'echo',
  job: 'build',
  attempt: 1,
  apart: {},
  files: [amd64, older, arm64],
  rejected: [],
  report: '/out/report.json',
  retentionDays: null,
  ...changes,
});
const uploader = uploaderOf(request());
const names = (changes: Partial<ArtifactRequest>): readonly string[] =>
  planArtifacts(request(changes)).map(({ name }) => name);

describe('planArtifacts', () => {
  test('one artifact with all files and the report', () => {
    expect(planArtifacts(request({ retentionDays: 5 }))).toEqual([
      {
        name: 'echo-plugins-build',
        files: [amd64.path, older.path, arm64.path, '/out/report.json'],
        uploader,
        retentionDays: 5,
      },
    ]);
  });

  test('one for each target, all groups in it', () => {
    expect(planArtifacts(request({ layout: 'per-target' }))).toEqual([
      {
        name: 'echo-plugins-build-linux-amd64',
        files: [amd64.path, older.path, '/out/report.json'],
        uploader,
        retentionDays: null,
      },
      {
        name: 'echo-plugins-build-linux-arm64',
        files: [arm64.path, '/out/report.json'],
        uploader,
        retentionDays: null,
      },
    ]);
  });

  test('what was rejected is apart, whatever the layout', () => {
    const rejected = [{ path: '/out/rejected/echo-linux-386.so', target: 'linux-386' }];
    expect(names({ rejected })).toEqual(['echo-plugins-build', 'echo-plugins-build-rejected']);
    expect(planArtifacts(request({ layout: 'per-target', files: [], rejected }))).toEqual([
      {
        name: 'echo-plugins-build-rejected',
        files: ['/out/rejected/echo-linux-386.so', '/out/report.json'],
        uploader,
        retentionDays: null,
      },
    ]);
  });

  test('nothing to upload is no artifact', () => {
    expect(planArtifacts(request({ files: [] }))).toEqual([]);
  });

  test('jobs that differ have different names, and the same in a rerun', () => {
    const jobs = [
      {},
      { matrix: '{"server":"v2.9.1"}' },
      { matrix: '{"server":"v2.6.3"}' },
      { server: 'v2.9.1', targets: 'amd64' },
      { server: 'v2.9.1', targets: 'arm64' },
    ];
    const all = jobs.map((apart) => names({ apart })[0]);
    expect(new Set(all).size).toBe(jobs.length);
    expect(jobs.map((apart) => names({ apart })[0])).toEqual(all);
    expect(all[1]).toMatch(/^echo-plugins-build-[0-9a-f]{8}$/);
  });

  test('jobs that are told the same have their own names', () => {
    expect(names({ job: 'test' })).toEqual(['echo-plugins-test']);
    expect(names({ job: 'a job', apart: { server: '2' } })[0]).toMatch(/^echo-plugins-a-job-[0-9a-f]{8}$/);
    expect(names({ job: '' })).toEqual(['echo-plugins']);
  });

  test('the order of the inputs, and inputs that are empty, change no name', () => {
    expect(names({ apart: { a: '1', b: '2', matrix: '' } })).toEqual(names({ apart: { b: '2', a: '1' } }));
    for (const matrix of ['', 'null', '{}'])
      expect(names({ apart: { matrix } })).toEqual(['echo-plugins-build']);
  });

  test('the name that the user gives stays as it is', () => {
    const apart = { server: 'v2.9.1' };
    expect(names({ name: 'my files (1)', layout: 'per-target', apart })).toEqual([
      'my files (1)-linux-amd64',
      'my files (1)-linux-arm64',
    ]);
  });

  test('a plugin name with characters that GitHub refuses', () => {
    expect(names({ plugin: 'a/b:c~d\n' })).toEqual(['a-b-c-d--plugins-build']);
  });

  test.each([...Array.from('":<>|*?\\/\r\n\u0000', (character) => `a${character}b`), '', ' '])(
    'the name %j is refused',
    (name) => {
      const failure = failureIn(() => planArtifacts(request({ name })));
      expect([failure.kind, failure.code, failure.where]).toEqual([
        'input',
        'artifact-name',
        { kind: 'input', input: 'artifact-name' },
      ]);
    },
  );
});

describe('an artifact that is there', () => {
  const own = { job: 'build', apart: { matrix: '{"ref":"main"}', server: '2.9' } };
  const report = JSON.stringify({ schema: 1, uploadedBy: uploaderOf({ ...own, attempt: 1 }) });
  const isOurs = (changes: Partial<typeof own>, attempt = 2, text = report): boolean =>
    isFromEarlierAttempt(text, uploaderOf({ ...own, ...changes, attempt }));

  test("is an earlier attempt's of the same job, whatever the order of its inputs", () => {
    expect(isOurs({})).toBe(true);
    expect(isOurs({ apart: { server: '2.9', matrix: '{"ref":"main"}' } }, 7)).toBe(true);
  });

  test.each<[string, Partial<typeof own>]>([
    ['another job', { job: 'test' }],
    ['another job of the matrix', { apart: { ...own.apart, matrix: '{"ref":"next"}' } }],
    ['a step with other inputs', { apart: { ...own.apart, server: '3' } }],
  ])("is %s's", (_, changes) => {
    expect(isOurs(changes)).toBe(false);
  });

  test('is of another step or job, where this very attempt uploaded it', () => {
    expect(isOurs({}, 1)).toBe(false);
  });

  test.each(['', '{', '{}', 'null', '{"uploadedBy":{"job":"x"}}'])(
    "is nobody's where its report is %j",
    (text) => {
      expect(isOurs({}, 2, text)).toBe(false);
    },
  );
});
