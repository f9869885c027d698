import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Builder, GoOutcome, GoStep } from '../../../src/build/builder.js';
import { targetOf } from '../../../src/build/target.js';
import { tidied } from '../../../src/pipeline/tidied.js';
import { noBuilder, plugins, targetContext } from '../../support/target-context.js';

// A builder that answers in place of Go, as what matters here is how often, and what, it is asked.

const target = targetOf('linux-amd64');

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'tidied '));
});
afterEach(() => {
  rmSync(dir, { recursive: true });
});

function standInBuilder(outcome: GoOutcome): Builder & { readonly asked: GoStep[] } {
  const asked: GoStep[] = [];
  return {
    ...noBuilder,
    asked,
    places: ({ module, pin, out, replaced }) => ({
      ...{ module, pin, out },
      replaced: (index) => replaced[index] ?? '',
    }),
    modCache: () => join(dir, 'cache', 'mod'),
    run: (step) => {
      asked.push(step);
      return Promise.resolve(outcome);
    },
  };
}

/** A run of its own, with the caches of the others. */
async function tidy(builder: Builder, plugin = 'minimal'): Promise<unknown> {
  const context = { ...(await targetContext(builder, dir, { plugin, unpinned: true })), warned: null };
  try {
    return await tidied(target, context);
  } finally {
    await context.run.close();
  }
}

const ok: GoOutcome = { kind: 'ok', stdout: '', stderr: '', seconds: 1 };
const failed = (stderr: string): GoOutcome => ({ ...ok, kind: 'failed', exitCode: 1, stderr });

test('what Go makes of files is asked once', async () => {
  const builder = standInBuilder(ok);
  const first = await tidy(builder);
  expect(first).toMatchObject({ goMod: expect.stringContaining('module example.org/plugins/minimal') });
  expect(await tidy(builder)).toEqual(first);
  expect(builder.asked).toHaveLength(1);
});

test.each([
  ['that it refuses files', 1, failed("plugin_test.go:1:1: expected 'package', found 'EOF'\n")],
  [
    'that a module is not there',
    2,
    failed('go: example.org/x@v1.0.0: reading https://proxy/x: 404 Not Found\n'),
  ],
  [
    'that there is no network',
    2,
    failed('go: example.org/x: Get "https://proxy/x": dial tcp: i/o timeout\n'),
  ],
  ['nothing, as it was killed', 2, { ...failed(''), exitCode: 137 }],
  ['nothing, as the time is up', 2, { kind: 'timed-out', minutes: 1 }],
] as const)('where it says %s, two runs ask %d times', async (...[, times, outcome]) => {
  const builder = standInBuilder(outcome);
  expect(await tidy(builder)).toBeNull();
  expect(await tidy(builder)).toBeNull();
  expect(builder.asked).toHaveLength(times);
});

test('a local replacement that asks for a newer Go is lowered, as for a build', async () => {
  const seen: unknown[] = [];
  const builder = standInBuilder(ok);
  const { run } = builder;
  builder.run = (step) => {
    const { Replace } = JSON.parse(readFileSync(join(step.workspace.pin, 'overlay.json'), 'utf8')) as {
      Replace: Record<string, string>;
    };
    for (const [place, other] of Object.entries(Replace)) seen.push([place, readFileSync(other, 'utf8')]);
    return run(step);
  };
  expect(await tidy(builder, 'local-replace-newer/plugin')).not.toBeNull();
  const [step] = builder.asked;
  expect(step?.args).toContain(`-overlay=${step?.workspace.pin ?? ''}/overlay.json`);
  expect(seen).toEqual([
    [join(plugins, 'local-replace-newer/lib/go.mod'), 'module example.org/lib\n\ngo 1.26.0\n'],
  ]);
});
