import { describe, expect, test } from '@jest/globals';
import { againstBase } from '../../../src/check/baseline.js';
import type { Finding } from '../../../src/check/finding.js';
import { lineFindings } from '../../../src/check/lines.js';
import { catalogServer } from '../../support/host/server.js';

function finding(parts: Partial<Finding> = {}): Finding {
  return {
    level: 'drift',
    kind: 'version',
    code: parts.kind ?? 'version',
    module: 'example.com/web',
    plugin: 'v1.9.0',
    server: 'v1.12.0',
    reach: 'direct',
    what: 'it differs',
    remedy: 'Change it.',
    where: { kind: 'file', file: 'go.mod', line: 5 },
    ...parts,
  };
}

function sinceOf(head: Partial<Finding>, base: Partial<Finding>): string | undefined {
  return againstBase([finding(head)], [finding(base)]).findings[0]?.since;
}

describe('since', () => {
  test('old: the same at another line, also where what is said differs', () => {
    expect(sinceOf({ where: { kind: 'file', file: 'go.mod', line: 50 }, what: 'other words' }, {})).toBe(
      'old',
    );
  });

  test.each([
    ['v1.10.0', 'v1.9.0', 'old'],
    ['v1.8.0', 'v1.9.0', 'worse'],
    ['v1.14.0', 'v1.13.0', 'worse'],
    ['v1.13.0', 'v1.14.0', 'old'],
    // Past the server's version: nearer or not is a matter of the first number that differs.
    ['v1.12.1', 'v1.9.0', 'old'],
    ['v1.12.0-rc.1', 'v1.14.0', 'old'],
    ['v1.20.0', 'v1.11.0', 'worse'],
    ['v1.13.0', 'v1.11.0', 'worse'],
    ['v0.9.0', 'v1.13.0', 'worse'],
    ['v1.12.0-rc.2', 'v1.12.0-rc.1', 'old'],
    ['v0.0.0-20200101000000-0123456789ab', 'v0.0.0-20210101000000-0123456789ab', 'worse'],
    ['v0.0.0-20210101000000-0123456789ab', 'v0.0.0-20200101000000-0123456789ab', 'old'],
    ['v99999999999999999999.0.0+incompatible', 'v2.0.0+incompatible', 'worse'],
  ])('%s after %s is %s', (head, base, since) => {
    expect(sinceOf({ plugin: head }, { plugin: base })).toBe(since);
  });

  test("past a server's pseudo-version it is worse, as no number says how far", () => {
    const server = 'v0.0.0-20200101000000-0123456789ab';
    const [older, newer] = ['v0.0.0-20190101000000-0123456789ab', 'v0.0.0-20200102000000-0123456789ab'];
    expect(sinceOf({ server, plugin: newer }, { server, plugin: older })).toBe('worse');
  });

  test.each([
    ['go', '1.27.0', '1.28', '1.26.0', 'old'],
    ['go', '1.28', '1.27.0', '1.26.0', 'worse'],
    ['go', '1.27.0', '1.27rc1', '1.26.0', 'worse'],
    ['toolchain', 'go1.27.2', 'go1.27.1', 'go1.26.0', 'worse'],
    ['toolchain', 'go1.27.1-own', 'go1.27.1', 'go1.26.0', 'old'],
    ['toolchain', 'go1.26.1', 'go1.27.1', 'go1.26.0', 'old'],
  ] as const)('%s %s after %s', (...[kind, head, base, server, since]) => {
    expect(
      sinceOf({ kind, module: kind, server, plugin: head }, { kind, module: kind, server, plugin: base }),
    ).toBe(since);
  });

  test.each([
    ['../web', '../web', 'old'],
    ['../other', '../web', 'worse'],
    ['example.com/fork v1.2.0', 'example.com/fork v1.1.0', 'worse'],
    ['v1.11.0', 'v1.10.0', 'old'],
    ['v1.9.0', 'v1.10.0', 'worse'],
  ])('a replacement by %s after one by %s is %s', (head, base, since) => {
    expect(sinceOf({ kind: 'replaced', plugin: head }, { kind: 'replaced', plugin: base })).toBe(since);
  });

  test('worse: the level rose, or a version that was decided no longer is', () => {
    expect(sinceOf({ level: 'conflict' }, { level: 'drift' })).toBe('worse');
    expect(sinceOf({ level: 'drift' }, { level: 'conflict' })).toBe('old');
    expect(sinceOf({ level: 'drift' }, { level: 'note' })).toBe('worse');
    expect(sinceOf({ plugin: null }, {})).toBe('worse');
    expect(sinceOf({ plugin: null }, { plugin: null })).toBe('old');
  });

  test("a module of the plugin's own can have any version", () => {
    const own = { kind: 'own-module', level: 'note', server: null } as const;
    expect(sinceOf({ ...own, plugin: 'v2.0.0' }, { ...own, plugin: 'v1.0.0' })).toBe('old');
  });

  test.each<[Partial<Finding>]>([[{ kind: 'replaced' }], [{ module: 'example.com/x' }], [{ code: 'other' }]])(
    'new: another %j',
    (parts) => {
      expect(sinceOf(parts, {})).toBe('new');
    },
  );
});

test('what the base had and the head has not is fixed, in its order', () => {
  const [a, b, c] = [finding({ module: 'a' }), finding({ module: 'b' }), finding({ module: null })];
  const { findings, fixed } = againstBase([b], [c, b, a]);
  expect(findings.map(({ module, since }) => [module, since])).toEqual([['b', 'old']]);
  expect(fixed).toEqual([c, a]);
  expect(againstBase([], [])).toEqual({ findings: [], fixed: [] });
});

test('of several alike each answers one', () => {
  const alike = {
    kind: 'does-not-build',
    code: 'compile-error',
    module: null,
    plugin: null,
    server: null,
  } as const;
  const [first, second] = [finding({ ...alike, what: 'x' }), finding({ ...alike, what: 'y' })];
  const { findings, fixed } = againstBase([first, second], [second]);
  expect(findings.map(({ since }) => since)).toEqual(['old', 'new']);
  expect(fixed).toEqual([]);
  expect(againstBase([second], [first, second]).fixed).toEqual([second]);
});

test('of several versions of a module each answers its own, wherever it stands', () => {
  const replaced = (plugin: string): Finding => finding({ kind: 'replaced', plugin });
  const [one, two, three] = [replaced('v1.1.0'), replaced('v1.2.0'), replaced('v1.3.0')];
  const { findings, fixed } = againstBase([three, one, two], [one, two]);
  expect(findings.map(({ plugin, since }) => [plugin, since])).toEqual([
    ['v1.3.0', 'new'],
    ['v1.1.0', 'old'],
    ['v1.2.0', 'old'],
  ]);
  expect(fixed).toEqual([]);
  // What is left answers in its order.
  const moved = againstBase([two, replaced('v1.0.0')], [one, two]);
  expect(moved.findings.map(({ since }) => since)).toEqual(['old', 'worse']);
  expect(moved.fixed).toEqual([]);
});

test('a pull request that bumps one dependency is told of that one alone', async () => {
  const server = await catalogServer('v3.0.0');
  const find = (gin: string, more = ''): ReturnType<typeof lineFindings>['findings'] =>
    lineFindings({
      goMod: `${more}module example.com/plugin\n\ngo 1.24\n\nrequire (\n\tgithub.com/gin-gonic/gin ${gin}\n\tgithub.com/gotify/plugin-api v1.0.0\n\tgolang.org/x/net v0.40.0 // indirect\n)\n`,
      file: 'go.mod',
      server,
      dependencies: 'pin',
    }).findings;
  const { findings, fixed } = againstBase(find('v1.13.0', '// moved down\n'), find('v1.12.0'));
  expect(findings.map(({ module, since }) => [module, since])).toEqual([
    ['github.com/gin-gonic/gin', 'new'],
    ['golang.org/x/net', 'old'],
  ]);
  expect(fixed).toEqual([]);
  expect(againstBase(find('v1.12.0'), find('v1.13.0')).fixed.map(({ module }) => module)).toEqual([
    'github.com/gin-gonic/gin',
  ]);
});
