import { describe, expect, test } from '@jest/globals';
import { uploadArtifacts } from '../../../src/adapters/artifacts.js';
import { optionsFrom } from '../../../src/options/parse.js';
import type { BuildOptions } from '../../../src/options/options.js';
import { publishBuild } from '../../../src/pipeline/publish-build.js';
import { createRecorder } from '../../support/recorder.js';
import { sampleReport } from '../../support/report.js';

const push = { GITHUB_ACTIONS: 'true', GITHUB_EVENT_NAME: 'push', GITHUB_REF: 'refs/heads/main' };

function optionsOf(raw: Readonly<Record<string, string>>): BuildOptions {
  const options = optionsFrom(raw, {
    entry: 'action',
    base: '/base',
    cores: 1,
    env: { HOME: '/home', ...push },
    platform: 'linux',
    dryRun: false,
    event: () => ({}),
  });
  if (options.mode !== 'build') throw new Error('a build was asked for');
  return options;
}

/** On a runner that has no artifact service. */
async function publish(raw: Readonly<Record<string, string>>) {
  const reporter = createRecorder();
  const never = (): Promise<never> => Promise.reject(new Error('no release was asked for'));
  const report = await publishBuild(sampleReport(), optionsOf(raw), {
    reporter,
    releases: never,
    attest: never,
    uploadArtifacts: (artifacts) => uploadArtifacts(artifacts, { env: {}, reporter }),
  });
  return { published: report.published, exitCode: report.exitCode, lines: reporter.lines };
}

describe('a runner without an artifact service', () => {
  test('is told of with a warning where nobody asked for artifacts', async () => {
    const { published, lines } = await publish({});
    expect(published).toEqual({ artifacts: null, release: null });
    expect(lines.filter((line) => line.includes('no artifact is uploaded'))).toHaveLength(1);
  });

  test('fails the run where artifacts were asked for', async () => {
    const { published, exitCode } = await publish({ publish: 'artifact' });
    expect(published).toMatchObject({
      artifacts: { kind: 'failed', failure: { kind: 'surroundings', code: 'artifact-unavailable' } },
    });
    expect(exitCode).toBe(3);
  });

  test('is not asked where nothing is to be published', async () => {
    expect(await publish({ publish: 'none' })).toMatchObject({ published: undefined, lines: [] });
  });
});
