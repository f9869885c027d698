import { describe, expect, test } from '@jest/globals';
import type { GoOutcome } from '../../../src/build/builder.js';
import { newestFitting, requiredVersions, type AskGo } from '../../../src/plugin/newest-fitting.js';

interface Release {
  readonly go: string | null;
  readonly requires?: Readonly<Record<string, string>>;
}

/** Answers as Go does: it leaves GoVersion out where a version is too new for `running`. Keeps what was asked. */
function goThatKnows(releases: Readonly<Record<string, Release>>, running = '1.24.1') {
  const asked: (readonly string[])[] = [];
  const go: AskGo = (args) => {
    asked.push(args);
    return Promise.resolve(ok(answer(args)));
  };
  const answer = (args: readonly string[]): string => {
    if (args.includes('-versions')) return object({ Path: 'm', Versions: Object.keys(releases) });
    if (args[0] === 'mod') {
      const release = releases[args.at(-1) ?? ''];
      const requires = Object.entries(release?.requires ?? {});
      return object({
        Go: release?.go ?? undefined,
        Require: requires.map(([Path, Version]) => ({ Path, Version })),
      });
    }
    return args
      .filter((arg) => arg.startsWith('m@'))
      .map((arg) => describeOne(arg.slice(2)))
      .join('');
  };
  const describeOne = (version: string): string => {
    const goLine = releases[version]?.go ?? undefined;
    const isTooNew = goLine !== undefined && Number(goLine.split('.')[1]) > Number(running.split('.')[1]);
    return object({ Path: 'm', Version: version, GoMod: version, GoVersion: isTooNew ? undefined : goLine });
  };
  return { go, asked };
}

function object(value: unknown): string {
  return `${JSON.stringify(value, null, '\t')}\n`;
}

function ok(stdout: string): GoOutcome {
  return { kind: 'ok', stdout, stderr: '', seconds: 0 };
}

const request = { module: 'm', goVersion: '1.24.1', modFile: '/pin/go.mod' };

describe('newestFitting', () => {
  test('the newest version whose go line is not too new', async () => {
    const { go } = goThatKnows({
      'v0.9.0': { go: '1.21' },
      'v0.10.0': { go: '1.24.1' },
      'v0.11.0': { go: '1.24.2' },
      'v0.12.0': { go: '1.26.0' },
    });
    expect(await newestFitting(request, go)).toBe('v0.10.0');
  });

  test('a version without a go line fits, one that Go did not describe does not', async () => {
    const { go } = goThatKnows({ 'v1.0.0': { go: null }, 'v1.1.0': { go: '1.26' } });
    expect(await newestFitting(request, go)).toBe('v1.0.0');
  });

  test('a pre-release only where no release fits, although it is newer', async () => {
    const versions = {
      'v1.0.0': { go: '1.20' },
      'v1.1.0-alpha.1': { go: '1.20' },
      'v2.0.0-rc.1+incompatible': { go: null },
      'v1.1.0': { go: '1.27' },
    };
    expect(await newestFitting(request, goThatKnows(versions).go)).toBe('v1.0.0');
    const { go } = goThatKnows({ ...versions, 'v1.0.0': { go: '1.27' } });
    expect(await newestFitting({ ...request, below: 'v1.1.0' }, go)).toBe('v1.1.0-alpha.1');
  });

  test('only older ones', async () => {
    const { go } = goThatKnows({
      'v1.0.0': { go: '1.18' },
      'v1.1.0': { go: '1.18' },
      'v1.2.0': { go: '1.18' },
    });
    expect(await newestFitting({ ...request, below: 'v1.2.0' }, go)).toBe('v1.1.0');
  });

  test('that asks for no newer version of another module', async () => {
    const { go } = goThatKnows({
      'v1.0.0': { go: '1.18', requires: { n: 'v1.9.0' } },
      'v1.1.0': { go: '1.18', requires: { n: 'v1.10.0' } },
      'v1.2.0': { go: '1.18', requires: { n: 'v1.11.0' } },
    });
    const atMost = { module: 'n', version: 'v1.10.0' };
    expect(await newestFitting({ ...request, atMost }, go)).toBe('v1.1.0');
  });

  test('a patch number counts from Go 1.21 on only, and an old Go is asked by the build-only go.mod', async () => {
    const { go, asked } = goThatKnows({ 'v1.0.0': { go: '1.19.3' }, 'v1.1.0': { go: '1.20' } }, '1.19.1');
    expect(await newestFitting({ ...request, goVersion: '1.19.1' }, go)).toBe('v1.0.0');
    expect(asked[0]).toEqual(['list', '-mod=mod', '-modfile=/pin/go.mod', '-m', '-versions', '-json', 'm']);
  });

  test('few questions, however many versions there are', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 500 }, (_, n) => [`v1.${String(n)}.0`, { go: '1.99' }]),
    );
    const { go, asked } = goThatKnows(many);
    expect(await newestFitting(request, go)).toBeNull();
    expect(asked.filter(([verb]) => verb === 'list')).toHaveLength(7);
  });

  test.each<[string, GoOutcome]>([
    ['fails', { kind: 'failed', exitCode: 1, stdout: '', stderr: 'no', seconds: 0 }],
    ['takes too long', { kind: 'timed-out', minutes: 1 }],
    ['prints no JSON', ok('hello')],
    ['prints another shape', ok(object({ Versions: 1 }))],
    ['knows no version', ok(object({ Path: 'm' }))],
  ])('null where go %s', async (_, outcome) => {
    expect(await newestFitting(request, () => Promise.resolve(outcome))).toBeNull();
  });
});

describe('requiredVersions', () => {
  const { go } = goThatKnows({ 'v1.0.0': { go: '1.18', requires: { n: 'v1.9.0' } } });

  test('what go.mod asks for', async () => {
    const asked = await requiredVersions({ ...request, version: 'v1.0.0' }, go);
    expect([...(asked ?? [])]).toEqual([['n', 'v1.9.0']]);
  });

  test('null where go fails', async () => {
    const failed: GoOutcome = { kind: 'failed', exitCode: 1, stdout: '', stderr: 'no', seconds: 0 };
    const asked = requiredVersions({ ...request, version: 'v1.0.0' }, () => Promise.resolve(failed));
    expect(await asked).toBeNull();
  });
});
