import { describe, expect, test } from '@jest/globals';
import { parseModFile } from '../../../src/go/modfile.js';
import { judge } from '../../../src/pipeline/check-outcome.js';
import type { PluginProject } from '../../../src/plugin/project.js';
import type { ReportedFailure } from '../../../src/report/report.js';
import { listingOf } from '../../support/listing.js';
import { loads, rejected, serverVerdict } from '../../support/report.js';

const goModText = 'module example.org/echo\n\ngo 1.25.0\n\nrequire a.org/web v1.11.0\n';

const project: PluginProject = {
  moduleDir: '/home/author/echo',
  goModFile: '/home/author/echo/go.mod',
  goModText,
  goSumText: null,
  goMod: parseModFile(goModText, 'echo/go.mod'),
  modulePath: 'example.org/echo',
  packageArg: '.',
  packageDir: '/home/author/echo',
  name: 'echo',
  displayDir: 'echo',
  displayGoMod: 'echo/go.mod',
};

/** The plugin imports web, which imports sys. */
const listing = listingOf({
  'example.org/echo': [{}, 'a.org/web'],
  'a.org/web': [{ version: 'v1.12.0' }, 'golang.org/x/sys/unix'],
  'golang.org/x/sys/unix': [{ path: 'golang.org/x/sys', version: 'v0.19.0' }],
});

const failureOfKind = (kind: ReportedFailure['kind']): ReportedFailure => ({
  kind,
  code: 'compile-error',
  what: 'undefined: gin.X',
  remedy: 'Use another function.',
  where: { kind: 'file', file: 'echo/main.go', line: 7, column: 2 },
});

describe('what was tried', () => {
  test('and loads has no finding', () => {
    const verdict = serverVerdict({ verdict: { ...loads, warnings: ['it needs libx'] } });
    expect(judge({ kind: 'proven', verdict, listing }, project)).toEqual({
      outcome: { kind: 'loads', compared: 313, verdict },
      findings: [],
    });
  });

  test.each([
    [null, 'nothing was compared'],
    [{ kind: 'undecided', because: 'no manifest', warnings: [], notes: [] }, 'no manifest'],
  ] as const)('and could not be decided never counts as good: %j', (verdict, because) => {
    const told = serverVerdict({ verdict });
    expect(judge({ kind: 'proven', verdict: told, listing }, project)).toEqual({
      outcome: { kind: 'undecided', because, verdict: told },
      findings: [],
    });
  });

  test('and does not build is a conflict, at its own place', () => {
    const failure = failureOfKind('plugin');
    expect(judge({ kind: 'failed', failure }, project)).toEqual({
      outcome: { kind: 'conflict', verdict: null },
      findings: [
        {
          level: 'conflict',
          kind: 'does-not-build',
          code: 'compile-error',
          module: null,
          plugin: null,
          server: null,
          reach: null,
          what: 'undefined: gin.X',
          remedy: 'Use another function.',
          where: failure.where,
        },
      ],
    });
  });

  test('and fails for another reason says nothing of the plugin', () => {
    const failure = failureOfKind('surroundings');
    expect(judge({ kind: 'failed', failure }, project)).toEqual({
      outcome: { kind: 'failed', failure },
      findings: [],
    });
  });

  test('and is rejected is a conflict for each reason, a module at the line that brings it in', () => {
    const verdict = serverVerdict({ verdict: rejected });
    const { outcome, findings } = judge({ kind: 'proven', verdict, listing }, project);
    expect(outcome).toEqual({ kind: 'conflict', verdict });
    expect(
      findings.map(({ level, kind, code, module, where }) => ({ level, kind, code, module, where })),
    ).toEqual(
      [
        ['target', null, {}],
        ['missing-symbol', null, {}],
        ['main-path', null, {}],
        ['library', null, {}],
        ['toolchain', null, {}],
        ['dependency', 'golang.org/x/sys', { line: 5 }],
        ['follows', null, {}],
        ['flag', null, {}],
      ].map(([reason, module, place]) => ({
        level: 'conflict',
        kind: 'does-not-load',
        code: `rejected-${String(reason)}`,
        module,
        where: { kind: 'file', file: 'echo/go.mod', ...(place as object) },
      })),
    );
    expect(findings[4]).toMatchObject({ plugin: '1.25.1', server: '1.26.0' });
    expect(findings[5]).toMatchObject({ plugin: 'v0.19.0', server: null, reach: 'transitive' });
    expect(findings.every(({ what }) => what.startsWith('what is built will not load: '))).toBe(true);
  });
});
