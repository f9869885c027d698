import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import type { Finding } from '../../../src/check/finding.js';
import { byImportance } from '../../../src/check/importance.js';
import { lineFindings, type LinesRequest } from '../../../src/check/lines.js';
import { whereText } from '../../../src/errors.js';
import type { Module } from '../../../src/go/module.js';
import { failureIn } from '../../support/failure-in.js';
import { catalogServer } from '../../support/host/server.js';

const corpusDir = fileURLToPath(new URL('../../fixtures/check/', import.meta.url));
const corpus = readdirSync(corpusDir).map((file) => file.replace(/\.mod$/, ''));
const textOf = (name: string): string => readFileSync(`${corpusDir}${name}.mod`, 'utf8');

const modules: Module[] = [
  { path: 'example.com/api/v2', version: 'v2.3.0' },
  { path: 'example.com/web', version: 'v1.12.0' },
];

function serverOf(goVersion = '1.26.0'): LinesRequest['server'] {
  return {
    version: 'v3.0.0',
    goVersion,
    goMod: `module github.com/gotify/server/v2\nrequire (\n${modules.map(({ path, version }) => `${path} ${version}\n`).join('')})\n`,
    buildList: modules,
    pinList: { source: 'go.mod', modules },
  };
}

type Rule = LinesRequest['dependencies'];

/** The findings of a few lines below `module` and `go 1.24`. */
function findingsOf(lines: string, dependencies: Rule = 'pin', goVersion?: string): readonly Finding[] {
  const goMod = `module example.com/plugin\n${lines}\n`;
  return lineFindings({ goMod, file: 'plugin/go.mod', server: serverOf(goVersion), dependencies }).findings;
}

/** `level kind module: plugin / server at line`. */
function short({ level, kind, module, plugin, server, where }: Finding): string {
  const line = where?.kind === 'file' ? where.line : undefined;
  return `${level} ${kind} ${module ?? '-'}: ${plugin ?? '-'} / ${server ?? '-'} at ${String(line)}`;
}

describe('a required version', () => {
  test('says both versions, the direction, how it is reached, the line, and what to do', () => {
    expect(findingsOf('require example.com/web v1.9.1')).toEqual([
      {
        level: 'drift',
        kind: 'version',
        code: 'version',
        module: 'example.com/web',
        plugin: 'v1.9.1',
        server: 'v1.12.0',
        reach: 'direct',
        what: 'go.mod requires example.com/web v1.9.1, older than v1.12.0 of gotify v3.0.0',
        remedy:
          "Require the server's version: `go get example.com/web@v1.12.0`. The build uses it in any case.",
        where: { kind: 'file', file: 'plugin/go.mod', line: 2 },
      },
    ]);
  });

  test.each([
    ['v1.12.1 // indirect', 'v1.12.1 (indirect), newer than'],
    ['v1.12.1-0.20260101000000-0123456789ab', 'v1.12.1-0.20260101000000-0123456789ab, newer than'],
    ['v1.12.0-rc.1', 'v1.12.0-rc.1, older than'],
    ['v0.0.0-20300101000000-0123456789ab', 'v0.0.0-20300101000000-0123456789ab, older than'],
    ['v2.0.0+incompatible', 'v2.0.0+incompatible, newer than'],
  ])('%s is %s', (version, text) => {
    const [finding] = findingsOf(`require example.com/web ${version}`);
    expect(finding?.what).toContain(text);
    expect(finding?.reach).toBe(version.endsWith('indirect') ? 'transitive' : 'direct');
  });

  test.each<[Rule, string]>([
    ['pin', 'drift'],
    ['cap', 'drift'],
    ['keep', 'conflict'],
  ])('is under %s a %s', (rule, level) => {
    const [finding] = findingsOf('require example.com/web v1.9.1', rule);
    expect(finding?.level).toBe(level);
    expect(finding?.remedy.includes('dependencies: pin')).toBe(level === 'conflict');
  });

  test("equal to the server's is no finding", () => {
    const lines = 'require example.com/web v1.12.0\nrequire example.com/api/v2 v2.3.0';
    expect((['pin', 'cap', 'keep'] as const).flatMap((rule) => findingsOf(lines, rule))).toEqual([]);
  });
});

/** What Go picks, where several lines are about one module. */
describe('several lines on one module', () => {
  test.each<[string, string, Partial<Record<Rule, string[]>>]>([
    [
      'the highest of two requires counts',
      'require example.com/web v1.12.0\nrequire example.com/web v1.9.0',
      { pin: [], cap: [], keep: [] },
    ],
    [
      'the highest of two requires is another',
      'require example.com/web v1.12.0 // indirect\nrequire example.com/web v1.13.0',
      { keep: ['conflict version example.com/web: v1.13.0 / v1.12.0 at 3'] },
    ],
    [
      'an excluded version that is required does not count',
      'require example.com/web v1.13.0\nrequire example.com/web v1.12.0\nexclude example.com/web v1.13.0',
      { pin: [], cap: [], keep: [] },
    ],
    [
      'without the excluded one nothing decides the version',
      'require example.com/web v1.13.0\nexclude example.com/web v1.13.0',
      {
        pin: ['drift version example.com/web: - / v1.12.0 at 2'],
        cap: ['drift version example.com/web: - / v1.12.0 at 2'],
        keep: ['drift version example.com/web: - / v1.12.0 at 2'],
      },
    ],
    [
      "the server's version is required and excluded",
      'require example.com/web v1.12.0\nexclude example.com/web v1.12.0',
      {
        pin: ['drift excluded example.com/web: - / v1.12.0 at 3'],
        cap: ['conflict excluded example.com/web: - / v1.12.0 at 3'],
        keep: ['conflict excluded example.com/web: - / v1.12.0 at 3'],
      },
    ],
    [
      "another version is required, and the server's is excluded",
      'require example.com/web v1.9.0\nexclude example.com/web v1.12.0',
      {
        pin: [
          'drift version example.com/web: v1.9.0 / v1.12.0 at 2',
          'drift excluded example.com/web: - / v1.12.0 at 3',
        ],
        cap: [
          'conflict excluded example.com/web: - / v1.12.0 at 3',
          'drift version example.com/web: v1.9.0 / v1.12.0 at 2',
        ],
        keep: [
          'conflict version example.com/web: v1.9.0 / v1.12.0 at 2',
          'conflict excluded example.com/web: - / v1.12.0 at 3',
        ],
      },
    ],
    [
      "the server's version is excluded, and what replaces each version is it all the same",
      'require example.com/web v1.9.0\nexclude example.com/web v1.12.0\nreplace example.com/web => example.com/web v1.12.0',
      {
        pin: ['drift excluded example.com/web: - / v1.12.0 at 3'],
        cap: ['drift excluded example.com/web: - / v1.12.0 at 3'],
        keep: ['drift excluded example.com/web: - / v1.12.0 at 3'],
      },
    ],
    [
      'a module that is not required may not be in the plugin at all',
      'exclude example.com/web v1.12.0\nreplace example.com/api/v2 => ../api',
      {
        keep: [
          'drift excluded example.com/web: - / v1.12.0 at 2',
          'drift replaced example.com/api/v2: ../api / v2.3.0 at 3',
        ],
      },
    ],
    [
      'a replacement of every version is used',
      'require example.com/web v1.12.0\nreplace example.com/web => ../web',
      {
        pin: ['drift replaced example.com/web: ../web / v1.12.0 at 3'],
        cap: ['conflict replaced example.com/web: ../web / v1.12.0 at 3'],
        keep: ['conflict replaced example.com/web: ../web / v1.12.0 at 3'],
      },
    ],
    [
      'by another module of the same version',
      'require example.com/web v1.12.0\nreplace example.com/web => example.com/fork v1.12.0',
      { keep: ['conflict replaced example.com/web: example.com/fork v1.12.0 / v1.12.0 at 3'] },
    ],
    [
      "by the server's version, whatever is required",
      'require example.com/web v1.9.0\nreplace example.com/web => example.com/web v1.12.0',
      { pin: [], cap: [], keep: [] },
    ],
    [
      'a replacement of the required version is used',
      'require example.com/web v1.9.0\nreplace example.com/web v1.9.0 => ../web',
      {
        pin: ['drift replaced example.com/web: ../web / v1.12.0 at 3'],
        cap: ['drift replaced example.com/web: ../web / v1.12.0 at 3'],
        keep: ['conflict replaced example.com/web: ../web / v1.12.0 at 3'],
      },
    ],
    [
      'a replacement of another version is not',
      'require example.com/web v1.12.0\nreplace example.com/web v1.9.0 => ../web',
      { pin: [], cap: [], keep: [] },
    ],
    [
      'it beats one of every version',
      'require example.com/web v1.9.0\nreplace example.com/web => ../web\nreplace example.com/web v1.9.0 => example.com/web v1.12.0',
      {
        pin: [],
        cap: ['conflict replaced example.com/web: ../web / v1.12.0 at 3'],
        keep: [],
      },
    ],
    [
      'a replacement of the version that cap sets is used then',
      'require example.com/web v1.9.0\nreplace example.com/web v1.12.0 => ../web',
      {
        pin: ['drift version example.com/web: v1.9.0 / v1.12.0 at 2'],
        cap: [
          'conflict replaced example.com/web: ../web / v1.12.0 at 3',
          'drift version example.com/web: v1.9.0 / v1.12.0 at 2',
        ],
        keep: ['conflict version example.com/web: v1.9.0 / v1.12.0 at 2'],
      },
    ],
    [
      'a replacement of an excluded version is never used',
      'require example.com/web v1.9.0\nexclude example.com/web v1.9.0\nreplace example.com/web v1.9.0 => ../web',
      { keep: ['drift version example.com/web: - / v1.12.0 at 2'] },
    ],
    [
      'each replacement of a module that is not required may be the one',
      'replace example.com/web v1.9.0 => ../web\nreplace example.com/web v1.12.0 => example.com/web v1.11.0',
      {
        pin: [
          'drift replaced example.com/web: ../web / v1.12.0 at 2',
          'drift replaced example.com/web: v1.11.0 / v1.12.0 at 3',
        ],
      },
    ],
  ])('%s', (_, lines, expected) => {
    for (const rule of ['pin', 'cap', 'keep'] as const) {
      const wanted = expected[rule];
      if (wanted !== undefined) expect([rule, findingsOf(lines, rule).map(short)]).toEqual([rule, wanted]);
    }
    expect(Object.keys(expected)).not.toEqual([]);
  });

  test('two replacements of one module are refused as Go does, where the build uses them', () => {
    const lines =
      'require example.com/web v1.12.0\nreplace example.com/web => ../a\nreplace example.com/web => ../b';
    for (const rule of ['cap', 'keep'] as const) {
      const failure = failureIn(() => findingsOf(lines, rule));
      expect([failure.code, failure.where && whereText(failure.where)]).toEqual([
        'conflicting-replaces',
        'plugin/go.mod:4',
      ]);
    }
    expect(findingsOf(lines, 'pin').map(short)).toEqual([
      'drift replaced example.com/web: ../b / v1.12.0 at 4',
    ]);
  });
});

test('under cap a version is a conflict where the server replaces what its go.mod requires', () => {
  const server = serverOf();
  const goMod = server.goMod.replace('example.com/web v1.12.0', 'example.com/web v1.11.0');
  const request = { goMod: 'module example.com/plugin\nrequire example.com/web v1.9.0\n', file: 'go.mod' };
  const { findings } = lineFindings({ ...request, server: { ...server, goMod }, dependencies: 'cap' });
  expect(findings.map(short)).toEqual(['conflict version example.com/web: v1.9.0 / v1.12.0 at 2']);
  expect(findings[0]?.remedy).toContain('dependencies: pin');
});

describe('the go and toolchain lines', () => {
  test.each<[string, string, Rule, string[]]>([
    ['go 1.26.0', '1.26.0', 'keep', []],
    ['go 1.26', '1.26.0', 'keep', []],
    ['go 1.26rc1', '1.26.0', 'keep', []],
    ['go 1.26.1', '1.26.0', 'pin', ['drift go go: 1.26.1 / 1.26.0 at 2']],
    ['go 1.26.1', '1.26.0', 'cap', ['conflict go go: 1.26.1 / 1.26.0 at 2']],
    ['go 1.27rc1', '1.26.0', 'keep', ['conflict go go: 1.27rc1 / 1.26.0 at 2']],
    ['go 1.21rc1', '1.21.0', 'keep', []],
    ['go 1.20', '1.19.1', 'keep', ['drift go go: 1.20 / 1.19.1 at 2']],
    ['go 1.19.5', '1.19.1', 'keep', []],
    ['go 1.24\ntoolchain go1.26.0', '1.26.0', 'keep', []],
    ['go 1.24\ntoolchain go1.26.1', '1.26.0', 'pin', ['drift toolchain toolchain: go1.26.1 / go1.26.0 at 3']],
    [
      'go 1.24\ntoolchain go1.26.1',
      '1.26.0',
      'keep',
      ['drift toolchain toolchain: go1.26.1 / go1.26.0 at 3'],
    ],
    [
      'go 1.24\ntoolchain go1.27.0-own.2',
      '1.26.0',
      'pin',
      ['drift toolchain toolchain: go1.27.0-own.2 / go1.26.0 at 3'],
    ],
    ['go 1.24\ntoolchain go1.26.0-own', '1.26.0', 'pin', []],
    ['go 1.24\ntoolchain default', '1.26.0', 'pin', []],
    ['go 1.16\ntoolchain go1.21', '1.20.0', 'pin', ['drift toolchain toolchain: go1.21 / go1.20 at 3']],
  ])('%j for Go %s under %s', (...[lines, goVersion, rule, expected]) => {
    expect(findingsOf(lines, rule, goVersion).map(short)).toEqual(expected);
  });

  test('say what to write instead', () => {
    const [go] = findingsOf('go 1.27.0', 'keep');
    expect(go?.what).toBe('go.mod asks for Go 1.27.0, newer than Go 1.26.0 of gotify v3.0.0');
    expect(go?.remedy).toContain('`go 1.26.0`');
    expect(go?.remedy).toContain('dependencies: pin');
    const [old] = findingsOf('go 1.20', 'pin', '1.19.1');
    expect(old?.remedy).toContain('`go 1.19`');
  });
});

describe('notes and the server itself', () => {
  test('a module that the server does not have is one note', () => {
    const lines =
      'require example.com/own v1.0.0 // indirect\nrequire example.com/own v1.1.0\nrequire example.com/lib v0.0.0\nreplace example.com/lib => ../lib';
    const findings = findingsOf(lines, 'keep');
    expect(findings.map(short)).toEqual([
      'note own-module example.com/own: v1.1.0 / - at 3',
      'note own-module example.com/lib: ../lib / - at 4',
    ]);
    expect(findings.map(({ reach }) => reach)).toEqual(['direct', 'direct']);
    expect(findings[0]?.remedy).toContain('another plugin');
  });

  test("the plugin template's module path is a note at its line", () => {
    const goMod = '// ours\nmodule github.com/gotify/plugin-template\n\ngo 1.24\n';
    const { findings } = lineFindings({ goMod, file: 'go.mod', server: serverOf(), dependencies: 'pin' });
    expect(findings.map(short)).toEqual([
      'note template-path github.com/gotify/plugin-template: github.com/gotify/plugin-template / - at 2',
    ]);
    expect(findings[0]?.what).toContain('plugin already loaded');
    expect(findings[0]?.remedy).toContain('go mod edit -module=');
  });

  test.each(['pin', 'cap', 'keep'] as const)(
    "a module path that is one of the server's modules is a drift at its line, under %s",
    (dependencies) => {
      const server = serverOf();
      const [theirs] = server.pinList.modules;
      const goMod = `// ours\nmodule ${theirs?.path ?? ''}\n\ngo 1.24\n`;
      const { findings } = lineFindings({ goMod, file: 'go.mod', server, dependencies });
      expect(findings.map(short)).toEqual([
        `drift module-path ${theirs?.path ?? ''}: - / ${theirs?.version ?? ''} at 2`,
      ]);
      expect(findings[0]?.remedy).toContain('go mod edit -module=');
    },
  );

  test.each(['github.com/gotify/server', 'github.com/gotify/server/v2', 'github.com/gotify/server/v3'])(
    'a require of %s is a drift, and no module of the plugin',
    (path) => {
      const version = /v\d$/.test(path) ? `${path.slice(-2)}.1.0` : 'v1.1.0';
      for (const rule of ['pin', 'cap', 'keep'] as const) {
        const findings = findingsOf(`require ${path} ${version}`, rule);
        expect(findings.map(short)).toEqual([`drift server-module ${path}: ${version} / - at 2`]);
        expect(findings[0]?.what).toContain('never loads');
      }
    },
  );

  test('a module whose path only starts like the server is none of it', () => {
    expect(findingsOf('require github.com/gotify/server-tools v1.0.0').map(({ kind }) => kind)).toEqual([
      'own-module',
    ]);
  });
});

describe('mayHideMore', () => {
  const api = 'require github.com/gotify/plugin-api v1.0.0\n';
  const gin = 'require github.com/gin-gonic/gin v1.12.0\n';
  const indirect = 'require example.com/web v1.12.0 // indirect\n';
  test.each([
    [`${api}${gin}${indirect}`, /has no go line/],
    [`go 1.16\n${api}${gin}${indirect}`, /has the go line 1\.16: below 1\.17/],
    [`go 1.17rc1\n${api}${gin}${indirect}`, /below 1\.17/],
    [`go 1.24\n${api}${gin}`, /no \/\/ indirect lines/],
    [`go 1.24\n${api}${indirect}`, /does not require github\.com\/gin-gonic\/gin/],
    [`go 1.24\n${gin}${indirect}`, /does not require github\.com\/gotify\/plugin-api/],
    [
      `go 1.24\n${api}${gin}${indirect}require example.com/a v1.2\n`,
      /example\.com\/a without a full version/,
    ],
    [
      `go 1.24\n${api}${gin}${indirect}require example.com/a "v1"\n`,
      /example\.com\/a without a full version/,
    ],
    [`go 1.24\n${api}${gin}${gin}${indirect}`, /requires github\.com\/gin-gonic\/gin twice/],
    [
      `go 1.24\n${api}${gin}${indirect}exclude example.com/web v1.12.0\n`,
      /requires and excludes example\.com\/web v1\.12\.0/,
    ],
  ])('%j', (lines, text) => {
    const goMod = `module example.com/plugin\n${lines}`;
    const { mayHideMore } = lineFindings({
      goMod,
      file: 'a/go.mod',
      server: serverOf(),
      dependencies: 'pin',
    });
    expect(mayHideMore).toMatch(text);
    expect(mayHideMore).toMatch(/^a\/go\.mod .*\.$/);
  });

  test.each(['1.17', '1.24', '1.26.0'])('is null for a file that looks tidy, with go %s', (version) => {
    const goMod = `module example.com/plugin\ngo ${version}\n${api}${gin}${indirect}`;
    const request = { goMod, file: 'go.mod', server: serverOf(), dependencies: 'pin' } as const;
    expect(lineFindings(request).mayHideMore).toBeNull();
    const alone = lineFindings({ ...request, withoutSum: true });
    expect(alone.mayHideMore).toMatch(/^go\.mod is not tidy \(there is no go\.sum\): /);
  });
});

test('the most important comes first', () => {
  const lines =
    'require example.com/own v1.0.0\nrequire example.com/web v1.9.0 // indirect\nrequire example.com/api/v2 v2.1.0\ngo 1.27\nreplace example.com/web => ../web';
  const findings = findingsOf(lines, 'cap');
  expect(findings.map(short)).toEqual([
    'conflict go go: 1.27 / 1.26.0 at 5',
    'conflict replaced example.com/web: ../web / v1.12.0 at 6',
    'drift version example.com/api/v2: v2.1.0 / v2.3.0 at 4',
    'note own-module example.com/own: v1.0.0 / - at 2',
  ]);
  expect([...findings].reverse().sort(byImportance)).toEqual(findings);
  const drifts = findingsOf('require example.com/web v1.9.0 // indirect\nrequire example.com/api/v2 v2.1.0');
  expect(drifts.map(({ module }) => module)).toEqual(['example.com/api/v2', 'example.com/web']);
});

describe('the corpus', () => {
  const good = corpus.filter((name) => !name.startsWith('bad-'));
  const tags = ['v2.6.3', 'v2.7.3', 'v2.9.1', 'v3.0.0'];

  test('has enough of both kinds', () => {
    expect(good.length).toBeGreaterThanOrEqual(40);
    expect(corpus.length - good.length).toBeGreaterThanOrEqual(15);
  });

  test.each(good)('each finding of %s stands at its line, and says what to do', async (name) => {
    const goMod = textOf(name);
    const lines = goMod.split('\n');
    for (const tag of tags) {
      const server = await catalogServer(tag);
      for (const dependencies of ['pin', 'cap', 'keep'] as const) {
        const { findings } = lineFindings({ goMod, file: 'go.mod', server, dependencies });
        for (const { where, module, what, remedy, kind, code } of findings) {
          const at = where?.kind === 'file' ? (where.line ?? 0) : 0;
          // A quoted path can be written in other letters.
          const text = (lines[at - 1] ?? '').replace('\\x2d', '-');
          expect([where?.kind === 'file' && where.file, text]).toEqual([
            'go.mod',
            expect.stringContaining(module ?? '?'),
          ]);
          expect(what).not.toMatch(/\.$|undefined|null/);
          expect(remedy).toMatch(/\.$/);
          expect(code).toBe(kind);
        }
        expect(findings.toSorted(byImportance)).toEqual(findings);
        if (dependencies === 'pin') expect(findings.map(({ level }) => level)).not.toContain('conflict');
      }
    }
  });

  test('a file that fits a server has nothing but notes there, and drifts elsewhere', async () => {
    for (const tag of ['v2.6.3', 'v3.0.0']) {
      for (const dependencies of ['pin', 'cap', 'keep'] as const) {
        const request = { file: 'go.mod', goMod: textOf(`fits-${tag}`), dependencies };
        const own = lineFindings({ ...request, server: await catalogServer(tag) });
        expect(own).toEqual({ findings: [], mayHideMore: null });
        const other = lineFindings({ ...request, server: await catalogServer('v2.9.1') });
        expect(other.findings.map(({ level }) => level)).toContain(
          dependencies === 'keep' ? 'conflict' : 'drift',
        );
      }
    }
  });

  test.each([
    ['bad-bom', '1:1', /U\+FEFF/],
    ['bad-utf-16', '1:4', /U\+0000/],
    ['bad-unclosed-block', '3:1', /closing parenthesis/],
    ['bad-branch', '3:34', /such as v1\.2\.3/],
    ['bad-no-version', '4:2', /require module\/path v1\.2\.3/],
    ['bad-major', '4:37', /should be v0 or v1/],
    ['bad-go-line', '3:1', /such as 1\.23\.0/],
    ['bad-go-prefix', '3:1', /such as 1\.23\.0/],
    ['bad-toolchain', '4:1', /such as go1\.23\.0/],
    ['bad-replace', '3:37', /\.\/, \.\.\/ or \//],
    ['bad-replace-arrow', '4:2', /=> other\/module v1\.4\.0/],
    ['bad-directive', '3:1', /no directive called requires/],
    ['bad-conflict-marks', '4:9', /such as v1\.2\.3/],
    ['bad-c-comment', '3:42', /start with \/\//],
    ['bad-string', '1:8', /closing "/],
    ['bad-quotes', '3:9', /double quotes/],
    ['bad-two-go-lines', '3:1', /second go line/],
    ['bad-crlf', '4:27', /such as v1\.2\.3/],
    ['bad-retract', '3:1', /retract \[v1\.2\.3, v1\.4\.5\]/],
    ['bad-not-a-go-mod', '1:1', /no directive/],
  ])('%s is refused with file, line, column and what was expected', async (name, place, what) => {
    const server = await catalogServer('v3.0.0');
    const goMod = textOf(name);
    const failure = failureIn(() => lineFindings({ goMod, file: 'a/go.mod', server, dependencies: 'pin' }));
    expect([failure.kind, failure.code]).toEqual(['input', 'malformed-go-mod']);
    expect(failure.where && whereText(failure.where)).toBe(`a/go.mod:${place}`);
    expect(failure.what).toMatch(what);
    expect(failure.remedy).not.toBe('');
  });

  test('each malformed file has a line above', () => {
    expect(corpus.filter((name) => name.startsWith('bad-'))).toHaveLength(20);
  });
});
