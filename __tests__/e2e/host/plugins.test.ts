import { describe, expect, test } from '@jest/globals';
import '../../support/build-timeout.js';
import { whereText } from '../../../src/errors.js';
import { allTargets } from '../../../src/report/outcome.js';
import { comparedPackages } from '../../support/compared.js';
import { failureOfRun, runPlugin } from '../../support/host/plugin-run.js';
import { failingPlugins, loadingPlugins } from '../../support/plugins.js';

describe('builds a plugin that loads in spite of', () => {
  test.each(loadingPlugins)('$name', async (plugin) => {
    const run = await runPlugin(plugin);

    expect(run).toMatchObject({ report: { exitCode: 0, compatible: true } });
    if (run.kind !== 'report') throw new Error('no report');
    const targets = allTargets(run.report);
    expect(targets).toMatchObject([{ kind: 'built', verdicts: [{ verdict: { kind: 'loads' } }] }]);
    for (const target of targets) expect(comparedPackages(target)).toBeGreaterThan(100);
    const { expected } = plugin;
    const warning = expected.exitCode === 0 ? (expected.warning ?? '') : 'a warning';
    expect([...run.report.warnings, '']).toContainEqual(expect.stringContaining(warning));
  });
});

describe('says what is wrong, where, and what to do, for', () => {
  test.each(failingPlugins)('$name', async (plugin) => {
    const { expected } = plugin;
    if (expected.exitCode === 0) throw new Error('a case of the other table');

    const { exitCode, failure } = failureOfRun(await runPlugin(plugin));

    expect(failure).toMatchObject({ code: expected.code });
    expect(exitCode).toBe(expected.exitCode);
    expect(failure.where === null ? null : whereText(failure.where)).toBe(expected.where);
    for (const text of expected.says) expect(failure.what).toContain(text);
    expect(failure.remedy).toContain(expected.remedy);
    expect(failure.what).not.toMatch(/\p{Cc}/u);
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
