import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createBuildPorts } from '../../../src/adapters/build-ports.js';
import { createFiles } from '../../../src/adapters/files.js';
import type { Builder, GoOutcome, GoStep } from '../../../src/build/builder.js';
import { parseBuildFlags } from '../../../src/build/flags.js';
import { targetOf } from '../../../src/build/target.js';
import { loadCatalog } from '../../../src/gotify/catalog.js';
import type { TargetContext, TargetOptions } from '../../../src/pipeline/context.js';
import { prepareUnpinned } from '../../../src/pipeline/pinning.js';
import { realManifests } from '../../../src/pipeline/real-manifests.js';
import { openRun } from '../../../src/pipeline/run-dir.js';
import { tidied } from '../../../src/pipeline/tidied.js';
import { locatePlugin } from '../../../src/plugin/project.js';
import { catalogServer } from '../../support/host/server.js';
import { createRecorder } from '../../support/recorder.js';

// A builder that answers in place of Go, as what matters here is how often, and what, it is asked.

const target = targetOf('linux-amd64');
const catalogDir = fileURLToPath(new URL('../../../catalog', import.meta.url));
const fixtures = fileURLToPath(new URL('../../fixtures/plugins', import.meta.url));

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
    asked,
    kind: 'host',
    recipe: '',
    doubt: () => null,
    prepare: () => Promise.resolve(),
    places: ({ module, pin, out, replaced }) => ({
      ...{ module, pin, out },
      replaced: (index) => replaced[index] ?? '',
    }),
    modCache: () => join(dir, 'cache', 'mod'),
    run: (step) => {
      asked.push(step);
      return Promise.resolve(outcome);
    },
    describePreparation: () => Promise.resolve([]),
    describe: () => [
      { kind: 'command', program: 'go', args: [], env: {}, passedOn: [], cwd: null, about: null },
    ],
    close: () => Promise.resolve(),
  };
}

/** A run of its own, with the caches of the others. */
async function contextOf(builder: Builder, path: string): Promise<TargetContext> {
  const server = await catalogServer('v3.0.0');
  const cacheDir = join(dir, 'cache');
  const options: TargetOptions & { readonly token: null } = {
    cacheDir,
    dependencies: 'pin',
    flags: parseBuildFlags({ ldflags: '', buildFlags: '' }),
    image: null,
    manifest: null,
    name: null,
    output: join(dir, 'out'),
    serverApiUrl: 'http://127.0.0.1:9',
    timeoutMinutes: 1,
    token: null,
    verify: 'static',
  };
  const reporter = createRecorder();
  const ports = createBuildPorts({ options, reporter, catalogDir, env: {}, onClose: () => undefined });
  const base = join(fixtures, path);
  const project = await locatePlugin({ path: base, package: '.', base }, ports.files);
  const run = await openRun(cacheDir, ports);
  const catalog = await loadCatalog(catalogDir, createFiles());
  const manifests = realManifests({ options, catalog, run, ports });
  const pinning = await prepareUnpinned({ project, server, builder }, ports);
  const shared = { options, ports, project, catalog, run, manifests, builder, pinning };
  return { ...shared, server, servers: [server], compiled: new Set(), warned: null, released: null };
}

async function tidy(builder: Builder, path = 'minimal'): Promise<unknown> {
  const context = await contextOf(builder, path);
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
    [join(fixtures, 'local-replace-newer/lib/go.mod'), 'module example.org/lib\n\ngo 1.26.0\n'],
  ]);
});
