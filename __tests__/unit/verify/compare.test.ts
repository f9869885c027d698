import { beforeAll, describe, expect, test } from '@jest/globals';
import { targetNames, targetOf } from '../../../src/build/target.js';
import type { BuiltModule } from '../../../src/go/buildinfo.js';
import type { Module } from '../../../src/go/module.js';
import { compare } from '../../../src/verify/compare.js';
import type { ComparisonContext } from '../../../src/verify/differences.js';
import type { AbiManifest } from '../../../src/verify/manifest.js';
import { readPluginAbi, type PluginAbi } from '../../../src/verify/plugin-abi.js';
import type { Rejection } from '../../../src/verify/verdict.js';
import { bytesSource } from '../../support/elf.js';
import { goElf } from '../../support/go-elf.js';
import { catalogManifest, catalogServer } from '../../support/host/server.js';

// Manifests and build lists of real servers; a plugin for one server has that server's hashes and modules.
interface Server {
  readonly manifest: AbiManifest;
  readonly modules: readonly Module[];
}

const servers = new Map<string, Server>();

beforeAll(async () => {
  for (const tag of ['v2.6.3', 'v2.7.3', 'v2.9.1', 'v3.0.0']) {
    const { buildList } = await catalogServer(tag);
    servers.set(tag, { manifest: await catalogManifest(tag, 'linux-amd64'), modules: buildList });
  }
});

function server(tag: string): Server {
  const found = servers.get(tag);
  if (found === undefined) throw new Error(tag);
  return found;
}

/** What the build of a plugin pinned to that server leaves; `own` is a package that the server lacks. */
function pluginFor(tag: string, changes: Partial<PluginAbi> = {}): PluginAbi {
  const { manifest, modules } = server(tag);
  const shared = [...manifest.packages].filter(([path]) => !path.startsWith('github.com/gotify/server/'));
  return {
    file: 'p.so',
    elf: targetOf('linux-amd64').elf,
    main: 'example.com/p',
    packages: new Map([
      ...shared,
      ['example.com/p', '1111111111111111'],
      ['example.com/p/own', '0000000000000000'],
    ]),
    missing: [],
    glibc: '2.34',
    needed: ['libc.so.6'],
    goVersion: manifest.goVersion,
    modules: [{ path: 'example.com/p', version: '(devel)' }, ...modules],
    flags: { CGO_ENABLED: '1' },
    ...changes,
  };
}

function contextOf(tag: string, changes: Partial<ComparisonContext> = {}): ComparisonContext {
  return { target: 'linux-amd64', server: tag, serverModules: server(tag).modules, ...changes };
}

const judge = (plugin: PluginAbi, tag: string, changes: Partial<AbiManifest> = {}) =>
  compare(plugin, { ...server(tag).manifest, ...changes }, contextOf(tag));

function reasonsOf(verdict: ReturnType<typeof compare>): readonly Rejection[] {
  if (verdict.kind !== 'rejected') throw new Error(JSON.stringify(verdict));
  return verdict.reasons;
}

/** The plugin with other hashes for the packages that the pattern names. */
function altered(plugin: PluginAbi, pattern: RegExp): ReadonlyMap<string, string> {
  return new Map(
    [...plugin.packages].map(([path, hash]) => [path, pattern.test(path) ? 'ffffffffffffffff' : hash]),
  );
}

function moved(tag: string, module: string, to: BuiltModule): readonly BuiltModule[] {
  return (pluginFor(tag).modules ?? []).map((known) => (known.path === module ? to : known));
}

describe('between real servers', () => {
  test.each(['v2.6.3', 'v2.7.3', 'v2.9.1', 'v3.0.0'])('a plugin for %s loads in it', (tag) => {
    const verdict = judge(pluginFor(tag), tag);
    expect(verdict.kind).toBe('loads');
    expect(verdict).toMatchObject({ compared: pluginFor(tag).packages.size - 2, warnings: [] });
  });

  test('v2.9.1 to v3.0.0: the same Go, so only modules are at fault, each with both versions', () => {
    const reasons = reasonsOf(judge(pluginFor('v2.9.1'), 'v3.0.0'));
    expect(new Set(reasons.map(({ kind }) => kind))).toEqual(new Set(['dependency', 'follows']));
    const versions = new Map(
      reasons.flatMap((reason) => (reason.kind === 'dependency' ? [[reason.module, reason]] : [])),
    );
    for (const [module, reason] of versions) {
      expect(reason.plugin).toBe(server('v2.9.1').modules.find(({ path }) => path === module)?.version);
      expect(reason.server).toBe(server('v3.0.0').modules.find(({ path }) => path === module)?.version);
      expect(reason.plugin).not.toBe(reason.server);
      expect(reason.remedy).toMatch(
        new RegExp(
          `Set ${module} to ${reason.server ?? ''} in the plugin's go.mod.* build the gotify server from source`,
        ),
      );
    }
    expect(versions.has('github.com/gin-gonic/gin')).toBe(true);
  });

  test('v2.7.3 to v3.0.0: another Go, and the modules that differ too', () => {
    const [first, ...others] = reasonsOf(judge(pluginFor('v2.7.3'), 'v3.0.0'));
    expect(first).toMatchObject({ kind: 'toolchain', plugin: '1.25.1', server: '1.26.0' });
    expect(first?.remedy).toMatch(
      /Build with Go 1\.26\.0.*gotify\/build:1\.26\.0-linux-amd64.*build the gotify server from source/,
    );
    expect(others.some(({ kind }) => kind === 'dependency')).toBe(true);
    expect(others.some(({ kind }) => kind === 'flag')).toBe(false);
  });

  test('every differing package is named exactly once', () => {
    const plugin = pluginFor('v2.7.3');
    const { packages } = server('v3.0.0').manifest;
    const differing = [...plugin.packages].filter(
      ([path, hash]) => packages.has(path) && packages.get(path) !== hash,
    );
    const named = reasonsOf(judge(plugin, 'v3.0.0')).flatMap((reason) =>
      'packages' in reason ? reason.packages : [],
    );
    expect([...named].sort()).toEqual(differing.map(([path]) => path).sort());
  });
});

describe('why a package differs', () => {
  test('the same Go and modules: a flag, and the build info names it', () => {
    const plugin = pluginFor('v3.0.0');
    const packages = altered(plugin, /./);
    const named = judge(
      { ...plugin, packages, flags: { '-trimpath': 'true', '-ldflags': '-w -s' } },
      'v3.0.0',
    );
    expect(reasonsOf(named)).toMatchObject([
      { kind: 'flag', remedy: expect.stringMatching(/^The file was built with -trimpath=true, which/) },
    ]);
    const silent = judge({ ...plugin, packages: altered(plugin, /^github\.com\/gin-gonic/) }, 'v3.0.0');
    expect(reasonsOf(silent)).toMatchObject([
      { kind: 'flag', remedy: expect.stringMatching(/module cache at \/go\/pkg\/mod/) },
    ]);
  });

  test('harmless settings are not blamed', () => {
    const plugin = pluginFor('v3.0.0');
    const flags = {
      '-ldflags': '-w -s',
      '-race': 'false',
      '-gcflags': 'example.org/p=-lang=go1.18',
      GOAMD64: 'v3',
      '-compiler': 'gc',
    };
    const verdict = judge({ ...plugin, packages: altered(plugin, /^fmt$/), flags }, 'v3.0.0');
    expect(reasonsOf(verdict)[0]?.kind).toBe('flag');
    expect(JSON.stringify(verdict)).not.toMatch(/GOAMD64|ldflags=|gcflags=/);
  });

  test('one module at another version, and a package compiled against it', () => {
    const plugin = pluginFor('v3.0.0', {
      modules: moved('v3.0.0', 'github.com/gin-gonic/gin', {
        path: 'github.com/gin-gonic/gin',
        version: 'v1.11.0',
      }),
    });
    const reasons = reasonsOf(
      judge(
        { ...plugin, packages: altered(plugin, /^github\.com\/(gin-gonic\/gin|gotify\/plugin-api)(\/|$)/) },
        'v3.0.0',
      ),
    );
    expect(reasons).toMatchObject([
      { kind: 'dependency', module: 'github.com/gin-gonic/gin', plugin: 'v1.11.0', server: 'v1.12.0' },
      {
        kind: 'follows',
        packages: ['github.com/gotify/plugin-api'],
        remedy: expect.stringMatching(/github.com\/gin-gonic\/gin/),
      },
    ]);
  });

  test('a differing standard library is never the consequence of a module', () => {
    const plugin = pluginFor('v3.0.0', {
      modules: moved('v3.0.0', 'github.com/gin-gonic/gin', {
        path: 'github.com/gin-gonic/gin',
        version: 'v1.11.0',
      }),
    });
    const reasons = reasonsOf(judge({ ...plugin, packages: altered(plugin, /./) }, 'v3.0.0'));
    expect(reasons.map(({ kind }) => kind)).toEqual(['dependency', 'flag']);
  });

  test.each([
    [{ path: 'golang.org/x/text', version: '(devel)', replacedBy: '/replaced/1' }, 'the folder /replaced/1'],
    [
      { path: 'golang.org/x/text', version: 'v0.38.0', replacedBy: 'example.com/text' },
      'example.com/text v0.38.0',
    ],
  ])('a replaced module is named with what replaced it: %j', (module, text) => {
    const plugin = pluginFor('v3.0.0', { modules: moved('v3.0.0', 'golang.org/x/text', module) });
    const reasons = reasonsOf(
      judge({ ...plugin, packages: altered(plugin, /^golang\.org\/x\/text\//) }, 'v3.0.0'),
    );
    expect(reasons).toMatchObject([
      { kind: 'dependency', module: 'golang.org/x/text', plugin: text, server: 'v0.38.0' },
    ]);
  });

  test('the same version with other files', () => {
    const gin = server('v3.0.0').modules.find(({ path }) => path === 'github.com/gin-gonic/gin');
    if (gin?.sum === undefined) throw new Error('no sum of gin');
    const plugin = pluginFor('v3.0.0', { modules: moved('v3.0.0', gin.path, { ...gin, sum: 'h1:other=' }) });
    const reasons = reasonsOf(
      judge({ ...plugin, packages: altered(plugin, /^github\.com\/gin-gonic\/gin$/) }, 'v3.0.0'),
    );
    expect(reasons).toMatchObject([
      {
        kind: 'dependency',
        module: gin.path,
        plugin: gin.version,
        server: gin.version,
        remedy: expect.stringMatching(/unchanged copy/),
      },
    ]);
  });

  test('no build info: versions on that side are null, and a note says so', () => {
    const plugin = pluginFor('v2.7.3', { goVersion: null, modules: null, flags: null });
    const verdict = judge(plugin, 'v3.0.0');
    const reasons = reasonsOf(verdict);
    expect(reasons[0]).toMatchObject({ kind: 'toolchain', plugin: null, server: '1.26.0' });
    expect(reasons.find((reason) => reason.kind === 'dependency')).toMatchObject({ plugin: null });
    expect(verdict.notes.join('\n')).toMatch(/no build information/);
  });

  test('a module list by package wins over the build info', () => {
    const plugin = pluginFor('v3.0.0');
    const pluginModules = new Map([
      ['github.com/gin-gonic/gin', { path: 'github.com/gin-gonic/gin', version: 'v1.9.9' }],
    ]);
    const differing = { ...plugin, packages: altered(plugin, /^github\.com\/gin-gonic\/gin$/) };
    const verdict = compare(differing, server('v3.0.0').manifest, contextOf('v3.0.0', { pluginModules }));
    expect(reasonsOf(verdict)).toMatchObject([{ module: 'github.com/gin-gonic/gin', plugin: 'v1.9.9' }]);
  });

  test('modules in the manifest win over the build list', () => {
    const plugin = pluginFor('v3.0.0');
    const differing = { ...plugin, packages: altered(plugin, /^github\.com\/gin-gonic\/gin$/) };
    const verdict = judge(differing, 'v3.0.0', {
      modules: [{ path: 'github.com/gin-gonic/gin', version: 'v1.12.1' }],
    });
    expect(reasonsOf(verdict)).toMatchObject([{ kind: 'dependency', server: 'v1.12.1', plugin: 'v1.12.0' }]);
  });

  test("the longest module path owns a package: a module inside another's path", () => {
    const plugin = pluginFor('v3.0.0', {
      modules: [
        { path: 'go.opentelemetry.io/otel', version: 'v1.0.0' },
        { path: 'go.opentelemetry.io/otel/trace', version: 'v2.0.0' },
      ],
    });
    const reasons = reasonsOf(
      judge({ ...plugin, packages: altered(plugin, /^go\.opentelemetry\.io\/otel\/trace$/) }, 'v3.0.0'),
    );
    expect(reasons).toMatchObject([
      { module: 'go.opentelemetry.io/otel/trace', plugin: 'v2.0.0', server: 'v1.43.0' },
    ]);
  });

  test("the server's own packages: advice to use plugin-api", () => {
    const own = 'github.com/gotify/server/v2/model';
    const plugin = pluginFor('v3.0.0', {
      packages: new Map([
        ['fmt', server('v3.0.0').manifest.packages.get('fmt') ?? ''],
        [own, 'ff'],
      ]),
    });
    expect(server('v3.0.0').manifest.packages.has(own)).toBe(true);
    expect(reasonsOf(judge(plugin, 'v3.0.0'))).toMatchObject([
      {
        kind: 'dependency',
        module: 'github.com/gotify/server/v2',
        packages: [own],
        remedy: expect.stringMatching(/plugin-api/),
      },
    ]);
  });
});

describe('before packages are compared', () => {
  test.each(targetNames.filter((name) => name !== 'linux-amd64'))('a file for %s', (name) => {
    const plugin = pluginFor('v3.0.0', { elf: targetOf(name).elf });
    const reasons = reasonsOf(judge({ ...plugin, packages: altered(plugin, /./) }, 'v3.0.0'));
    expect(reasons).toEqual([
      {
        kind: 'target',
        what: `the file is for ${name}, the server for linux-amd64`,
        remedy: 'Build the plugin for linux-amd64.',
      },
    ]);
  });

  test('missing functions, one reason each', () => {
    const plugin = pluginFor('v3.0.0', { missing: ['GetGotifyPluginInfo', 'NewGotifyPluginInstance'] });
    expect(reasonsOf(judge(plugin, 'v3.0.0'))).toMatchObject([
      { kind: 'missing-symbol', symbol: 'GetGotifyPluginInfo' },
      { kind: 'missing-symbol', symbol: 'NewGotifyPluginInstance' },
    ]);
  });
});

describe("the plugin's own main package", () => {
  /** As real files tell it: their symbols, the build info, and Go's own comparison are read from bytes. */
  const built = (main: string): PluginAbi => {
    const { packages } = server('v3.0.0').manifest;
    const shared = [...packages].filter(([path]) => path !== main);
    const bytes = goElf({
      target: 'linux-amd64',
      goVersion: '1.26.0',
      main,
      packages: new Map([...shared, [main, 'deadbeefdeadbeef']]),
      functions: ['GetGotifyPluginInfo', 'NewGotifyPluginInstance', 'main'],
    });
    return readPluginAbi(bytesSource(bytes));
  };

  test('is compared with nothing where the server has no package of that path', () => {
    expect(judge(built('example.com/p'), 'v3.0.0').kind).toBe('loads');
  });

  test.each(['main', 'github.com/gin-gonic/gin'])(
    'called %s is taken for another version of the one in the server',
    (path) => {
      expect(reasonsOf(judge(built(path), 'v3.0.0'))).toEqual([
        { kind: 'main-path', path, remedy: expect.stringContaining('another path') },
      ]);
    },
  );
});

describe('what cannot be decided never loads', () => {
  test.each([
    ['a manifest of another server', { server: 'v2.9.1' }, /manifest is of gotify v2\.9\.1, not v3\.0\.0/],
    [
      'a manifest of another target',
      { target: 'linux-arm64' as const },
      /server for linux-arm64, not linux-amd64/,
    ],
    [
      'a manifest whose file is for another machine',
      { elf: { class: 32 as const, machine: 3 } },
      /its file is for linux-386/,
    ],
    ['a manifest without packages', { packages: new Map<string, string>() }, /names no package/],
  ])('%s', (...[, changes, because]) => {
    expect(judge(pluginFor('v3.0.0'), 'v3.0.0', changes)).toMatchObject({
      kind: 'undecided',
      because: expect.stringMatching(because),
    });
  });

  test('no common package', () => {
    const plugin = pluginFor('v3.0.0', { packages: new Map([['example.com/p/own', '00']]) });
    expect(judge(plugin, 'v3.0.0')).toMatchObject({
      kind: 'undecided',
      because: expect.stringMatching(/shares no package/),
    });
  });
});

describe('a list of packages that is not complete', () => {
  let some: ReadonlyMap<string, string>;
  beforeAll(() => {
    some = new Map([...server('v3.0.0').manifest.packages].filter(([path]) => path !== 'runtime'));
  });

  test("the file's", () => {
    expect(judge(pluginFor('v3.0.0', { packages: some }), 'v3.0.0')).toMatchObject({
      kind: 'undecided',
      because: expect.stringMatching(/^the file's list of packages names no package runtime/),
    });
  });

  test("the manifest's", () => {
    expect(judge(pluginFor('v3.0.0'), 'v3.0.0', { packages: some })).toMatchObject({
      kind: 'undecided',
      because: expect.stringMatching(/^the manifest names no package runtime/),
    });
  });

  test('still rejects what differs', () => {
    const plugin = pluginFor('v3.0.0', { packages: new Map([['fmt', 'ff']]) });
    expect(judge(plugin, 'v3.0.0').kind).toBe('rejected');
  });
});

describe('a plugin that is linked to musl', () => {
  const musl = 'libc.musl-x86_64.so.1';

  test.each([musl, 'libc.musl-aarch64.so.1', 'libc.so'])('by %s is rejected', (library) => {
    const plugin = pluginFor('v3.0.0', { needed: [library] });
    for (const known of [{}, { needed: ['libc.so.6'] }]) {
      expect(judge(plugin, 'v3.0.0', known)).toMatchObject({
        kind: 'rejected',
        reasons: [{ kind: 'library', library, remedy: expect.stringContaining('Alpine') }],
        warnings: [],
      });
    }
  });

  test('loads in a server that is known to be, too', () => {
    const plugin = pluginFor('v3.0.0', { needed: [musl] });
    expect(judge(plugin, 'v3.0.0', { needed: [musl] })).toMatchObject({ kind: 'loads', warnings: [] });
  });
});

describe('warnings and notes', () => {
  const known = { glibc: '2.34', needed: ['libc.so.6'], flags: {} };

  test.each([
    ['2.34', '2.34', 0],
    ['2.34', '2.4', 1],
    ['2.4', '2.34', 0],
    [null, '2.34', 0],
  ])('GLIBC %s against the server with %s: %d warnings', (ours, theirs, count) => {
    const verdict = judge(pluginFor('v3.0.0', { glibc: ours }), 'v3.0.0', { ...known, glibc: theirs });
    expect(verdict.kind).toBe('loads');
    expect(verdict.warnings).toHaveLength(count);
    expect(verdict.notes).toEqual([]);
  });

  test('a server that needs no GLIBC: not compared, and said so', () => {
    const verdict = judge(pluginFor('v3.0.0'), 'v3.0.0', { ...known, glibc: null });
    expect(verdict).toMatchObject({
      warnings: [],
      notes: [expect.stringMatching(/GLIBC versions were not compared/)],
    });
  });

  test('a library that the server lacks', () => {
    const verdict = judge(pluginFor('v3.0.0', { needed: ['libz.so.1', 'libc.so.6'] }), 'v3.0.0', known);
    expect(verdict).toMatchObject({
      kind: 'loads',
      warnings: [expect.stringMatching(/^needs the library libz\.so\.1/)],
    });
  });

  test('what the manifest does not name is said once', () => {
    expect(judge(pluginFor('v3.0.0'), 'v3.0.0').notes).toEqual([
      'not compared, as the manifest does not name them: the newest GLIBC version needed, the libraries needed, the build flags',
    ]);
  });

  test('a bare file: nobody checked the signatures', () => {
    const { manifest } = server('v3.0.0');
    const verdict = compare(
      pluginFor('v3.0.0'),
      { ...manifest, ...known },
      contextOf('v3.0.0', { bareFile: true }),
    );
    expect(verdict.notes).toEqual([
      expect.stringMatching(/signatures of the plugin functions were not checked/),
    ]);
  });
});
