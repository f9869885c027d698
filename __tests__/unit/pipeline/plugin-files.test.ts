import { describe, expect, test } from '@jest/globals';
import {
  publishable,
  type PublishableGroup,
  type PublishableTarget,
} from '../../../src/pipeline/plugin-files.js';
import type { ServerVerdict } from '../../../src/report/report.js';
import type { Verdict } from '../../../src/verify/verdict.js';
import { built, loads, rejected, sampleGroup, serverVerdict, severalReport } from '../../support/report.js';

const undecided: Verdict = { kind: 'undecided', because: 'no manifest', warnings: [], notes: [] };

function of(server: string, verdict: Verdict | null = loads): ServerVerdict {
  return serverVerdict({ server, verdict });
}

/** v3.0.0, whose file may serve v2.9.1 too. */
function twoGroups(newest: PublishableTarget, covered: Verdict | null): readonly PublishableGroup[] {
  return [sampleGroup(), sampleGroup({ servers: ['v2.9.1'], version: 'v2.9.1', changes: [] })].map(
    (group, at) => ({
      ...group,
      targets: [
        at === 0
          ? newest
          : { kind: 'covered', target: 'linux-amd64', by: 'v3.0.0', verdicts: [of('v2.9.1', covered)] },
      ],
    }),
  );
}

describe('what is published', () => {
  test('is a file with all servers that it is proven for', () => {
    const { files, left } = publishable(severalReport().groups);
    expect(left).toEqual([]);
    expect(files).toEqual([
      {
        name: 'echo-linux-amd64-for-gotify-v3.0.0.so',
        path: '/out/echo-linux-amd64-for-gotify-v3.0.0.so',
        size: 28_123_456,
        sha256: 'ab'.repeat(32),
        target: 'linux-amd64',
        servers: ['v3.0.0', 'v2.9.1'],
        goVersion: '1.26.0',
        // What the pin left out, and Go itself, are no modules.
        modules: [
          { path: 'github.com/gin-gonic/gin', version: 'v1.12.0' },
          { path: 'golang.org/x/sys', version: 'v0.20.0' },
        ],
        compared: 313,
      },
      expect.objectContaining({
        name: 'echo-linux-amd64-for-gotify-v2.7.1.so',
        servers: ['v2.7.2', 'v2.7.1'],
        goVersion: '1.25.1',
      }),
    ]);
  });

  test('says the least number of packages that any of its servers compared', () => {
    const fewer: Verdict = { kind: 'loads', compared: 99, warnings: [], notes: [] };
    const [file] = publishable(twoGroups(built(), fewer)).files;
    expect(file).toMatchObject({ servers: ['v3.0.0', 'v2.9.1'], compared: 99 });
  });

  test('is covered only for its own target', () => {
    const [newest, older] = twoGroups(built({ target: 'linux-386' }), loads);
    const { files } = publishable([newest, older].flatMap((group) => group ?? []));
    expect(files.map(({ target, servers }) => [target, servers])).toEqual([['linux-386', ['v3.0.0']]]);
  });
});

test('servers that a file of the release is proven for are added to it', () => {
  const compared = (count: number): Verdict => ({ kind: 'loads', compared: count, warnings: [], notes: [] });
  const verdicts = [of('v2.7.2', compared(200)), of('v2.7.1', compared(100))];
  const released = {
    kind: 'released',
    target: 'linux-amd64',
    asset: 'a.so',
    sha256: 'ab'.repeat(32),
  } as const;
  const targets = (all: readonly ServerVerdict[]): readonly PublishableTarget[] => [
    { ...released, verdicts: all },
  ];
  expect(publishable([{ ...sampleGroup(), targets: targets(verdicts) }])).toEqual({
    files: [],
    added: [{ file: 'a.so', sha256: 'ab'.repeat(32), servers: ['v2.7.2', 'v2.7.1'], compared: 100 }],
    left: [],
  });
  expect(publishable([{ ...sampleGroup(), targets: targets([of('v2.7.2', undecided)]) }])).toMatchObject({
    added: [],
    left: [{ text: expect.stringContaining('is at the release, and it could not be decided') }],
  });
});

describe('what is left', () => {
  const failure = { kind: 'plugin', what: 'it does not compile' };
  const target = 'linux-amd64';

  test.each<[string, PublishableTarget, string]>([
    ['failed', { kind: 'failed', target, failure }, 'was not built: it does not compile'],
    ['skipped', { kind: 'skipped', target }, 'was not built, as another failed first'],
    ['rejected', built({ verdict: rejected }), 'would not load'],
    ['undecided', built({ verdict: undecided }), 'was built, and it could not be decided whether it loads'],
    ['not verified', built({ verdict: null }), 'was built, and not proven'],
    ['of no server', built({ verdicts: [] }), 'was built, and not proven'],
  ])('%s', (_, target, why) => {
    expect(publishable([{ ...sampleGroup(), targets: [target] }])).toEqual({
      files: [],
      added: [],
      left: [{ target: 'linux-amd64', servers: ['v3.0.0'], text: `linux-amd64 for gotify v3.0.0 ${why}` }],
    });
  });

  test('is a file that one server of its group rejects', () => {
    const verdicts = [of('v2.7.2'), of('v2.7.1', rejected)];
    const group = sampleGroup({ servers: ['v2.7.2', 'v2.7.1'], targets: [built({ verdicts })] });
    expect(publishable([group])).toEqual({
      files: [],
      added: [],
      left: [
        {
          target: 'linux-amd64',
          servers: ['v2.7.2', 'v2.7.1'],
          text: 'linux-amd64 for gotify v2.7.2, v2.7.1 would not load',
        },
      ],
    });
  });

  test('is what a file covered, and is not proven to', () => {
    const { files, left } = publishable(twoGroups(built(), undecided));
    expect(files.map(({ servers, compared }) => [servers, compared])).toEqual([[['v3.0.0'], 313]]);
    expect(left.map(({ servers }) => servers)).toEqual([['v2.9.1']]);
  });

  test('is what a file covers that is not published', () => {
    const { files, left } = publishable(twoGroups(built({ verdict: undecided }), loads));
    expect(files).toEqual([]);
    expect(left.map(({ text }) => text)).toEqual([
      'linux-amd64 for gotify v3.0.0 was built, and it could not be decided whether it loads',
      'linux-amd64 for gotify v2.9.1 would load the file for gotify v3.0.0, which is left out',
    ]);
  });
});
