import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { gitHubReleases } from '../../../src/adapters/github-releases.js';
import { Failure } from '../../../src/errors.js';
import { optionsFrom } from '../../../src/options/parse.js';
import type { ReleaseOptions } from '../../../src/options/publish.js';
import { releaseFiles } from '../../../src/pipeline/release-files.js';
import type { PluginFile } from '../../../src/publish/file.js';
import type { AddedServers, Left } from '../../../src/publish/request.js';
import type { ReleaseReport } from '../../../src/report/publish-report.js';
import { pluginFile, tempDir, textOf, withDouble } from '../../support/publishing.js';
import { createRecorder } from '../../support/recorder.js';
import type { Releases } from '../../support/releases/server.js';

let dir: Awaited<ReturnType<typeof tempDir>>;
let file: PluginFile;

beforeAll(async () => {
  dir = await tempDir();
  file = await pluginFile(dir.path);
});

afterAll(() => dir.remove());

const missing: Left = {
  target: 'linux-386',
  servers: ['v2.9.1'],
  text: 'linux-386 for gotify v2.9.1 would not load',
};

function optionsOf(double: Releases, raw: Readonly<Record<string, string>>): ReleaseOptions {
  const options = optionsFrom(
    { mode: 'publish', 'release-tag': 'v1.0.0', repository: double.repository, token: 'write-token', ...raw },
    {
      entry: 'action',
      base: '/base',
      cores: 1,
      env: { HOME: '/home', GITHUB_API_URL: double.apiUrl },
      platform: 'linux',
      dryRun: false,
      event: () => ({}),
    },
  );
  if (options.mode !== 'publish') throw new Error('no publication');
  return options.release;
}

interface Sending {
  readonly files?: readonly PluginFile[];
  readonly added?: readonly AddedServers[];
  readonly left?: readonly Left[];
  readonly commit?: string | null;
  readonly raw?: Readonly<Record<string, string>>;
  readonly attest?: () => Promise<void>;
}

/** What is reported, said, and seen of it at GitHub. */
async function send(
  double: Releases,
  {
    files = [file],
    added = [],
    left = [],
    commit = 'a'.repeat(40),
    raw = {},
    attest = () => Promise.resolve(),
  }: Sending,
): Promise<{ readonly report: ReleaseReport; readonly lines: readonly string[] }> {
  const reporter = createRecorder();
  const report = await releaseFiles(
    { plugin: 'example.com/hello', commit, tag: 'v1.0.0', files, added, left },
    optionsOf(double, raw),
    {
      reporter,
      attest,
      releases: ({ apiUrl, repository, token }) =>
        Promise.resolve(gitHubReleases({ apiUrl, repository, token, retryDelaysMs: [0] })),
    },
  );
  return { report, lines: reporter.lines };
}

describe('a release', () => {
  test('gets servers for a file that it has, without any new one, which is not signed again', async () => {
    await withDouble({}, async (double) => {
      await send(double, {});
      const added = [{ file: file.name, sha256: file.sha256, servers: ['v3.0.0'], compared: 90 }];
      const attest = (): Promise<void> => Promise.reject(new Error('there is nothing to sign'));
      const { report } = await send(double, { files: [], added, attest, raw: { attest: 'true' } });
      expect(report).toMatchObject({ kind: 'published', uploaded: [], same: [] });
      expect(textOf(double, 'gotify-plugin.json')).toContain('v3.0.0');
    });
  });

  test('gets the files', async () => {
    await withDouble({}, async (double) => {
      expect(await send(double, {})).toEqual({
        report: {
          kind: 'published',
          tag: 'v1.0.0',
          url: 'https://github.com/octo/plugin/releases/tag/v1.0.0',
          ...{ uploaded: [file.name], replaced: [], same: [], skipped: [], unknown: [] },
        },
        lines: ['Release v1.0.0 done: published'],
      });
    });
  });

  test('of an unknown commit is published, and that is said', async () => {
    await withDouble({}, async (double) => {
      const { report, lines } = await send(double, { commit: null });
      expect(report).toMatchObject({ kind: 'published' });
      expect(lines).toEqual([
        `note: It is not known which commit the files were built from, so nobody compared it with the tag's, ${'a'.repeat(40)}.`,
        'Release v1.0.0 done: published',
      ]);
    });
  });

  test('stays a draft where that is asked for', async () => {
    await withDouble({}, async (double) => {
      const { report, lines } = await send(double, { raw: { draft: 'true' } });
      expect(report).toMatchObject({ kind: 'draft', uploaded: [file.name] });
      expect(lines).toEqual(['Release v1.0.0 done: complete, and still a draft']);
      expect(double.releases).toMatchObject([{ draft: true }]);
    });
  });

  test('waits for the other parts', async () => {
    await withDouble({}, async (double) => {
      const { report, lines } = await send(double, { raw: { parts: '3', part: 'amd64' } });
      expect(report).toMatchObject({ kind: 'waiting', parts: ['amd64'], of: 3 });
      expect(lines).toEqual(['Release v1.0.0 done: waiting: 1 of 3 parts are there']);
    });
  });
});

describe('where something does not load', () => {
  test('the release is not touched, and not even looked at', async () => {
    await withDouble({}, async (double) => {
      expect(await send(double, { left: [missing] })).toEqual({
        report: { kind: 'refused', tag: 'v1.0.0', because: [missing.text] },
        lines: [],
      });
      expect(double.requests).toEqual([]);
    });
  });

  test('allow-partial publishes the rest, and the notes say what is missing', async () => {
    await withDouble({}, async (double) => {
      const { report } = await send(double, { left: [missing], raw: { 'allow-partial': 'true' } });
      expect(report).toMatchObject({ kind: 'published', uploaded: [file.name] });
      expect(double.releases[0]?.body).toContain('<!-- linux-386 v2.9.1 -->');
    });
  });

  test('allow-partial publishes nothing where there is nothing', async () => {
    await withDouble({}, async (double) => {
      const raw = { 'allow-partial': 'true' };
      expect((await send(double, { files: [], left: [missing], raw })).report).toEqual({
        kind: 'refused',
        tag: 'v1.0.0',
        because: [missing.text, 'no file loads'],
      });
      expect((await send(double, { files: [], raw })).report).toMatchObject({ because: ['no file loads'] });
      expect(double.requests).toEqual([]);
    });
  });
});

describe('what fails', () => {
  test('is reported, and said', async () => {
    await withDouble({ tags: {} }, async (double) => {
      const { report, lines } = await send(double, {});
      expect(report).toMatchObject({
        kind: 'failed',
        tag: 'v1.0.0',
        failure: { kind: 'input', code: 'no-such-tag' },
      });
      expect(lines).toEqual(['Release v1.0.0 fail: the repository has no tag "v1.0.0"']);
    });
  });

  test('at signing leaves GitHub alone', async () => {
    await withDouble({}, async (double) => {
      const failure = new Failure('input', {
        code: 'attest-permission',
        what: 'it may not sign',
        remedy: 'Let it.',
      });
      const raw = { attest: 'true' };
      const { report } = await send(double, { raw, attest: () => Promise.reject(failure) });
      expect(report).toMatchObject({ kind: 'failed', failure: { code: 'attest-permission', where: null } });
      expect(double.requests).toEqual([]);
    });
  });

  test('is no failure of signing where nobody asked for it', async () => {
    await withDouble({}, async (double) => {
      const attest = (): Promise<never> => Promise.reject(new Error('nobody asked'));
      expect((await send(double, { attest })).report.kind).toBe('published');
    });
  });
});
