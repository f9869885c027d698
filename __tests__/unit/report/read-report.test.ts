import { describe, expect, test } from '@jest/globals';
import { reportJson } from '../../../src/report/json.js';
import { readReport } from '../../../src/report/read-report.js';
import { sampleCheckReport } from '../../support/check-report.js';
import { failureIn } from '../../support/failure-in.js';
import { sampleReport, severalReport } from '../../support/report.js';

const good = (): Record<string, unknown> => JSON.parse(reportJson(severalReport(), '/out'));

describe('a report of a build', () => {
  test('is read as far as publishing looks at it', () => {
    const text = JSON.stringify({ ...good(), published: { anything: 1 }, more: 'fields' });
    const { plugin, groups } = readReport(text, 'out/report.json');
    expect(plugin).toEqual({ module: 'example.org/echo', commit: null });
    expect(groups.flatMap(({ targets }) => targets.map(({ kind }) => kind))).toEqual([
      'built',
      'covered',
      'built',
    ]);
  });

  const target = (changes: object): object => {
    const [group] = sampleReport().groups;
    return { groups: [{ ...group, targets: [{ ...group?.targets[0], ...changes }] }] };
  };

  test.each<[string, object, string]>([
    ['a publication', { mode: 'publish' }, 'mode'],
    ['a failure', { mode: 'build', groups: undefined }, 'groups'],
    ['a later form', { schema: 2 }, 'schema'],
    ['no plugin', { plugin: null }, 'plugin'],
    ['a plugin without a commit', { plugin: { module: 'a' } }, 'plugin.commit'],
    ['servers that are no list', { servers: {} }, 'servers'],
    ['another target', target({ target: 'linux-mips' }), 'groups.0.targets.0.target'],
    ['another kind', target({ kind: 'bought' }), 'groups.0.targets.0.kind'],
    ['no digest', target({ sha256: 'ab' }), 'groups.0.targets.0.sha256'],
    ['half a byte', target({ size: 1.5 }), 'groups.0.targets.0.size'],
    ['no verdicts', target({ verdicts: null }), 'groups.0.targets.0.verdicts'],
  ])('is not %s', (_, changes, place) => {
    const failure = failureIn(() => readReport(JSON.stringify({ ...good(), ...changes }), 'out/report.json'));
    expect(failure).toMatchObject({
      kind: 'input',
      code: 'bad-report',
      where: { kind: 'file', file: 'out/report.json' },
    });
    expect(failure.what).toContain(`this is no report of a build that could be published: ${place}: `);
  });

  test('is not that of a check, which lies in the place of it', () => {
    const text = JSON.stringify(sampleCheckReport([]));
    expect(failureIn(() => readReport(text, 'out/report.json'))).toMatchObject({
      code: 'bad-report',
      what: expect.stringContaining('the report of a check'),
      remedy: expect.stringContaining('an output folder of its own'),
      where: { kind: 'file', file: 'out/report.json' },
    });
  });

  test.each([
    ['', 'it is not JSON'],
    ['{"schema": 1', 'it is not JSON'],
    ['null', 'the whole: '],
    ['[]', 'schema: '],
  ])('is not %j', (text, problem) => {
    expect(failureIn(() => readReport(text, 'report.json')).what).toContain(problem);
  });
});
