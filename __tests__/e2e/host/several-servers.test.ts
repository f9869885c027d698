import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import '../../support/build-timeout.js';
import { Failure } from '../../../src/errors.js';
import { buildsText } from '../../../src/report/describe.js';
import { allTargets, deliveredFiles } from '../../../src/report/outcome.js';
import type { AbiManifest } from '../../../src/verify/manifest.js';
import { manifestJson } from '../../../src/verify/read-manifest.js';
import { comparedPackages } from '../../support/compared.js';
import { failureOf } from '../../support/failure.js';
import { buildLoaderProgram, loadIn } from '../../support/host/loader.js';
import { catalogManifest, catalogServer } from '../../support/host/server.js';
import { buildFor } from '../../support/host/several.js';

// Real Go, the host builder, the shipped catalog; no GitHub.

const plugin = (name: string): string =>
  fileURLToPath(new URL(`../../fixtures/plugins/${name}`, import.meta.url));

let output: string;
beforeAll(async () => {
  output = await mkdtemp(join(tmpdir(), 'several servers '));
});
afterAll(() => rm(output, { recursive: true }));

test('two servers of one group cost one build, and each has its own verdict', async () => {
  const { report, lines } = await buildFor({
    path: plugin('minimal'),
    server: 'all:>=2.6.2 <2.7',
    output,
  });

  expect(report).toMatchObject({
    exitCode: 0,
    compatible: true,
    builds: { done: 1, groups: 1, targets: 1 },
    servers: [{ version: 'v2.6.3' }, { version: 'v2.6.2' }],
    groups: [
      {
        goVersion: '1.24.1',
        servers: ['v2.6.3', 'v2.6.2'],
        version: 'v2.6.2',
        targets: [
          {
            kind: 'built',
            file: join(output, 'minimal-linux-amd64-for-gotify-v2.6.2.so'),
            verdicts: [
              { server: 'v2.6.3', verdict: { kind: 'loads' }, comparedWith: { kind: 'catalog' } },
              // The catalog has no manifest of it.
              { server: 'v2.6.2', verdict: { kind: 'loads' }, comparedWith: { kind: 'reference-host' } },
            ],
          },
        ],
      },
    ],
  });
  for (const target of allTargets(report)) expect(comparedPackages(target)).toBeGreaterThan(100);
  expect(lines.filter((line) => line.startsWith('linux-amd64 done'))).toEqual([
    expect.stringMatching(/^linux-amd64 done: loads in v2\.6\.3, v2\.6\.2 \(\d+ packages compared\)/),
  ]);
});

test('servers of one group that lack different targets cost one build a target, for just those that lack it', async () => {
  const { report } = await buildFor(
    // Which server makes what of a file is no matter here.
    { path: plugin('minimal'), server: 'all:>=2.6.2 <2.7', verify: 'off', output },
    {
      missing: [
        { servers: ['v2.6.3'], targets: ['linux-amd64', 'linux-arm64'] },
        { servers: ['v2.6.2'], targets: ['linux-amd64'] },
      ],
    },
  );

  expect(report).toMatchObject({ exitCode: 0, builds: { done: 2, groups: 1, targets: 2 } });
  expect(
    report.groups.flatMap(({ servers, targets }) =>
      targets.map((target) => [servers.join(' '), 'file' in target ? basename(target.file) : target.kind]),
    ),
  ).toEqual([
    ['v2.6.3 v2.6.2', 'minimal-linux-amd64-for-gotify-v2.6.2.so'],
    ['v2.6.3', 'minimal-linux-arm64-for-gotify-v2.6.3.so'],
  ]);
  expect(buildsText(report)).toBe('2 files built for 2 servers: 2 builds for 1 group x 2 targets.');
});

describe('servers that differ in a module that the plugin has not', () => {
  let binaries: Record<'newer' | 'older', string>;
  beforeAll(async () => {
    binaries = { newer: await server('3.1.0', 'v1.5.3'), older: await server('3.0.9', 'v1.5.1') };
  });

  test('share one file, and a server with other modules gets its own', async () => {
    // Left by an earlier run that had to build it.
    const stale = join(output, 'minimal-linux-amd64-for-gotify-v3.0.9.so');
    await writeFile(stale, 'of an earlier run');

    const { report, targets, lines } = await buildFor({
      path: plugin('minimal'),
      server: `v2.9.1, ${binaries.older}, ${binaries.newer}`,
      output,
    });

    expect(report).toMatchObject({ exitCode: 0, compatible: true });
    expect(report.builds).toEqual({ done: 2, groups: 3, targets: 1 });
    const file = join(output, 'minimal-linux-amd64-for-gotify-v3.1.0.so');
    expect(targets).toMatchObject({
      'v3.1.0': [{ kind: 'built', file }],
      'v3.0.9': [
        {
          kind: 'covered',
          by: 'v3.1.0',
          file,
          verdicts: [
            {
              server: 'v3.0.9',
              verdict: { kind: 'loads' },
              comparedWith: { kind: 'given', path: binaries.older },
            },
          ],
        },
      ],
      'v2.9.1': [{ kind: 'built', verdicts: [{ comparedWith: { kind: 'catalog' } }] }],
    });
    expect(Object.keys(targets)).toEqual(['v3.1.0', 'v3.0.9', 'v2.9.1']);
    for (const target of allTargets(report)) expect(comparedPackages(target)).toBeGreaterThan(100);
    expect(await readdir(output)).not.toContain(basename(stale));
    expect(lines).toContain(
      'linux-amd64 for gotify v3.0.9 done: not built: the file for gotify v3.1.0 loads here too',
    );
    for (const program of Object.values(binaries)) {
      expect(await loadIn(program, file)).toEqual({
        loads: true,
        modulePath: 'example.org/plugins/minimal',
      });
    }
    const other = join(output, 'minimal-linux-amd64-for-gotify-v2.9.1.so');
    expect(await loadIn(binaries.newer, other)).toMatchObject({ loads: false });
  });
});

/** The loader with the modules of v3.0.0, as a gotify binary of that version; of websocket it has the given version. */
async function server(version: string, websocket: string): Promise<string> {
  const release = await catalogServer('v3.0.0');
  const goMod = release.goMod.replace(/(github\.com\/gorilla\/websocket) \S+/, `$1 ${websocket}`);
  return buildLoaderProgram({
    server: { ...release, goMod },
    modulePath: 'github.com/gotify/server/v2',
    ldflags: `-X main.Version=${version}`,
    sources: {
      'version.go': 'package main\n\nimport _ "github.com/gorilla/websocket"\n\nvar Version string\n',
    },
  });
}

describe('what goes wrong for one group', () => {
  test('a file that one server of its group refuses is handed on for none of them', async () => {
    const catalog = join(output, 'catalog');
    await cp('catalog', catalog, { recursive: true });
    const real = manifestJson(withOtherGin(await catalogManifest('v2.6.3', 'linux-amd64')));
    await writeFile(join(catalog, 'abi/v2.6.2-linux-amd64.json'), real);

    const { report, targets } = await buildFor(
      { path: plugin('minimal'), server: 'v2.6.3,v2.6.2', output },
      { catalogDir: catalog },
    );

    expect(report).toMatchObject({ exitCode: 1, compatible: false });
    const name = 'minimal-linux-amd64-for-gotify-v2.6.2.so';
    expect(targets).toMatchObject({
      'v2.6.2': [
        {
          kind: 'built',
          file: join(output, 'rejected', name),
          verdicts: [
            { server: 'v2.6.3', verdict: { kind: 'loads' } },
            { server: 'v2.6.2', verdict: { kind: 'rejected' } },
          ],
        },
      ],
    });
    // What an earlier test built under that name is gone.
    expect(await readdir(output)).not.toContain(name);
    expect(deliveredFiles(report)).toEqual([]);
  });

  test('is an error of that group where a named target is too new for it, and the others are built', async () => {
    const stale = join(output, 'minimal-linux-amd64-for-gotify-v2.6.3.so');
    await writeFile(stale, 'of an earlier run');
    const { report, targets } = await buildFor({
      path: plugin('minimal'),
      server: 'v3.0.0,v2.6.3',
      targets: 'amd64,riscv64',
      output,
    });

    expect(report).toMatchObject({ exitCode: 2, compatible: 'unknown' });
    expect(await readdir(output)).not.toContain(basename(stale));
    expect(report.builds).toEqual({ done: 2, groups: 2, targets: 2 });
    const refused = { kind: 'failed', failure: { code: 'target-not-possible', kind: 'input' } };
    expect(targets).toMatchObject({
      'v3.0.0': [
        { kind: 'built', target: 'linux-amd64', verdicts: [{ verdict: { kind: 'loads' } }] },
        { kind: 'built', target: 'linux-riscv64', verdicts: [{ verdict: { kind: 'loads' } }] },
      ],
      'v2.6.3': [refused, refused],
    });
    for (const target of targets['v3.0.0'] ?? []) expect(comparedPackages(target)).toBeGreaterThan(100);
  });

  test('stops the other groups with fail-fast, and leaves no file of an earlier run for them', async () => {
    const stale = join(output, 'compile-error-linux-amd64-for-gotify-v2.6.3.so');
    await mkdir(output, { recursive: true });
    await writeFile(stale, 'of an earlier run');
    const { report, targets } = await buildFor({
      path: plugin('compile-error'),
      server: 'v3.0.0,v2.6.3',
      'fail-fast': 'true',
      concurrency: '1',
      output,
    });

    expect(report).toMatchObject({ exitCode: 1, compatible: false });
    expect(targets).toMatchObject({
      'v3.0.0': [{ kind: 'failed' }],
      'v2.6.3': [{ kind: 'skipped', because: 'linux-amd64 for gotify v3.0.0 failed first (fail-fast)' }],
    });
    expect(await readdir(output)).not.toContain(basename(stale));
  });

  test('ends the run where it is so for all', async () => {
    const failure = await failureOf(
      buildFor({ path: plugin('malformed-go-mod'), server: 'v3.0.0,v2.6.3', output }),
    );

    expect(failure).toBeInstanceOf(Failure);
    expect(failure.kind).toBe('input');
  });
});

/** What v2.6.2 would say, had it been built with another gin. */
function withOtherGin(manifest: AbiManifest): AbiManifest {
  const packages = new Map([...manifest.packages, ['github.com/gin-gonic/gin', '0123456789abcdef']]);
  return { ...manifest, server: 'v2.6.2', packages };
}

test('nothing is spared where nothing is verified', async () => {
  const { report } = await buildFor({
    path: plugin('minimal'),
    server: 'v3.0.0,v2.9.1',
    verify: 'off',
    output,
  });

  expect(report).toMatchObject({ exitCode: 0, compatible: 'unknown' });
  expect(report.builds).toEqual({ done: 2, groups: 2, targets: 1 });
});

test('a manifest is of one server', async () => {
  const failure = await failureOf(
    buildFor({
      path: plugin('minimal'),
      server: 'v3.0.0,v2.9.1',
      manifest: 'catalog/abi/v3.0.0-linux-amd64.json',
      output,
    }),
  );

  expect(failure).toMatchObject({ code: 'bad-manifest', where: { kind: 'input', input: 'manifest' } });
});
