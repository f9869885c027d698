import { describe, expect, test } from '@jest/globals';
import '../../support/build-timeout.js';
import { whereText } from '../../../src/errors.js';
import { allTargets } from '../../../src/report/outcome.js';
import { comparedPackages } from '../../support/compared.js';
import { changesOfRun, failureOfRun, runPlugin } from '../../support/host/plugin-run.js';
import { changeText, failingPlugins, loadingPlugins } from '../../support/plugins.js';

describe('builds a plugin that loads in spite of', () => {
  test.each(loadingPlugins)('$name', async (plugin) => {
    const run = await runPlugin(plugin);

    expect(run).toMatchObject({ report: { exitCode: 0, compatible: true } });
    if (run.kind !== 'report') throw new Error('no report');
    const targets = allTargets(run.report);
    expect(targets).toMatchObject([{ kind: 'built', verdicts: [{ verdict: { kind: 'loads' } }] }]);
    for (const target of targets) expect(comparedPackages(target)).toBeGreaterThan(100);
    const { expected } = plugin;
    if (expected.exitCode !== 0) throw new Error('a case of the other table');
    expect([...run.report.warnings, '']).toContainEqual(expect.stringContaining(expected.warning ?? ''));
    const changes = changesOfRun(run);
    const servers = new Set(
      run.report.servers.flatMap(({ pinList }) => pinList.modules.map(({ path }) => path)),
    );
    const ofLines = changes.filter(({ line }) => line !== null);
    const added = changes.filter(({ line, module }) => line === null && !servers.has(module));
    expect(ofLines.map(changeText)).toEqual(expected.changes ?? ofLines.map(changeText));
    expect(added.map(changeText)).toEqual(expected.added ?? []);
  });
});

describe('says what is wrong, where, and what to do, for', () => {
  test.each(failingPlugins)('$name', async (plugin) => {
    const { expected } = plugin;
    if (expected.exitCode === 0) throw new Error('a case of the other table');

    const run = await runPlugin(plugin);
    const { exitCode, failure } = failureOfRun(run);

    expect(failure).toMatchObject({ code: expected.code });
    expect(exitCode).toBe(expected.exitCode);
    expect(failure.where === null ? null : whereText(failure.where)).toBe(expected.where);
    for (const text of expected.says) expect(failure.what).toContain(text);
    expect(failure.remedy).toContain(expected.remedy);
    expect(failure.what).not.toMatch(/\p{Cc}/u);
    const changes = changesOfRun(run).filter(({ line }) => line !== null);
    expect(changes.map(changeText)).toEqual(expect.arrayContaining([...(expected.changes ?? [])]));
  });
});

test('rejects a plugin whose function is a variable: it compiles, and the server looks for a function', async () => {
  const run = await runPlugin({ folder: 'variable-function' });

  if (run.kind !== 'report') throw new Error('no report');
  expect(run.report).toMatchObject({ exitCode: 1, compatible: false });
  expect(allTargets(run.report)).toMatchObject([
    {
      kind: 'built',
      file: expect.stringContaining('/rejected/'),
      verdicts: [
        {
          server: 'v3.0.0',
          verdict: {
            kind: 'rejected',
            reasons: [{ kind: 'missing-symbol', symbol: 'GetGotifyPluginInfo' }],
          },
        },
      ],
    },
  ]);
});
