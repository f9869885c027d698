import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { lineFindings, type LinesRequest } from '../../../src/check/lines.js';
import { pick } from '../../../src/check/picked.js';
import { compareGoVersions, compareModuleVersions } from '../../../src/go/version.js';
import { parseModFile } from '../../../src/go/modfile.js';
import type { ServerBuild } from '../../../src/gotify/server-build.js';
import { failureIn } from '../../support/failure-in.js';
import { writeFiles } from '../../support/host/go-project.js';
import { catalogServer } from '../../support/host/server.js';
import { writeModuleProxy, type ProxyModule } from '../../support/module-proxy.js';

const corpusDir = fileURLToPath(new URL('../../fixtures/check/', import.meta.url));
const corpus = readdirSync(corpusDir).map((file) => file.replace(/\.mod$/, ''));
const good = corpus.filter((name) => !name.startsWith('bad-'));
const bad = corpus.filter((name) => name.startsWith('bad-'));
const rules = ['pin', 'cap', 'keep'] as const;
type Rule = LinesRequest['dependencies'];

const dir = mkdtempSync(join(tmpdir(), 'check-lines-'));
afterAll(() => {
  rmSync(dir, { recursive: true });
});

/** Go's own orders, as a program: `go A B` or `module A B`, one a line. */
let orders: string;
beforeAll(() => {
  const home = join(dir, 'orders');
  const semver = join(goEnv('GOROOT'), 'src/cmd/vendor/golang.org/x/mod/semver/semver.go');
  writeFiles(home, {
    'go.mod': 'module orders\n\ngo 1.22\n',
    'semver/semver.go': readFileSync(semver, 'utf8'),
    'main.go': `package main

import (
	"fmt"
	"go/version"

	"orders/semver"
)

func main() {
	var kind, a, b string
	for {
		if n, _ := fmt.Scanln(&kind, &a, &b); n != 3 {
			return
		}
		if kind == "go" {
			fmt.Println(version.Compare("go"+a, "go"+b))
		} else {
			fmt.Println(semver.Compare(a, b))
		}
	}
}
`,
  });
  orders = join(home, 'orders.exe');
  execFileSync('go', ['build', '-o', orders, '.'], { cwd: home, env: goEnvironment({}) });
}, 120_000);

function goEnv(name: string): string {
  return execFileSync('go', ['env', name], { encoding: 'utf8', env: goEnvironment({}) }).trim();
}

function goEnvironment(more: Record<string, string>): NodeJS.ProcessEnv {
  return { ...process.env, GOTOOLCHAIN: 'local', GOFLAGS: '', GOWORK: 'off', ...more };
}

type Pair = readonly [kind: 'go' | 'module', a: string, b: string];

/** How Go orders each pair: -1, 0 or 1. */
function goOrders(pairs: readonly Pair[]): number[] {
  const input = pairs.map((pair) => `${pair.join(' ')}\n`).join('');
  return execFileSync(orders, { input, encoding: 'utf8' }).trim().split('\n').map(Number);
}

const Version = v.object({ Path: v.string(), Version: v.optional(v.string()) });
const Require = v.object({ Path: v.string(), Version: v.string(), Indirect: v.optional(v.boolean()) });
const GoMod = v.object({
  Module: Version,
  Go: v.optional(v.string()),
  Toolchain: v.optional(v.string()),
  Require: v.nullable(v.array(Require)),
  Exclude: v.nullable(v.array(v.object({ Path: v.string(), Version: v.string() }))),
  Replace: v.nullable(v.array(v.object({ Old: Version, New: Version }))),
});
type GoMod = v.InferOutput<typeof GoMod>;

const read = new Map<string, GoMod>();

/** What `go mod edit -json` says of a file. */
function goJson(path: string): GoMod {
  const known = read.get(path) ?? readByGo(path);
  read.set(path, known);
  return known;
}

function readByGo(path: string): GoMod {
  const text = execFileSync('go', ['mod', 'edit', '-json', path], {
    encoding: 'utf8',
    env: goEnvironment({}),
  });
  return v.parse(GoMod, JSON.parse(text));
}

/** One finding for comparison: kind, module, plugin's and server's version, level. */
type Row = readonly [
  kind: string,
  module: string,
  plugin: string | null,
  server: string | null,
  level: string,
];

/**
 * The findings that a plugin's go.mod must have, computed from Go's JSON of it and of the server's go.mod. By what ends
 * up in a build: `now`, with the lines as they are, and `then`, as the rule has them.
 */
class Oracle {
  constructor(
    private readonly plugin: GoMod,
    private readonly server: GoMod,
    private readonly rule: Rule,
  ) {}

  rows(): Row[] {
    const goLines = this.goLines();
    const theirs = new Map((this.server.Require ?? []).map(({ Path, Version }) => [Path, Version]));
    theirs.delete(this.plugin.Module.Path);
    const shared = [...theirs].flatMap(([path, version]) => this.shared(path, version));
    const others = [...new Set((this.plugin.Require ?? []).map(({ Path }) => Path))].filter(
      (path) => !theirs.has(path) && path !== this.plugin.Module.Path,
    );
    const rest = others.map((path): Row => {
      const { used, selected } = this.now(path);
      const shown = used ?? selected ?? this.required(path)[0] ?? null;
      return /^github\.com\/gotify\/server(\/v\d+)?$/.test(path)
        ? ['server-module', path, shown, null, 'drift']
        : ['own-module', path, shown, null, 'note'];
    });
    const template = 'github.com/gotify/plugin-template';
    const kept: Row[] =
      this.plugin.Module.Path === template ? [['template-path', template, template, null, 'note']] : [];
    const own = (this.server.Require ?? []).find(({ Path }) => Path === this.plugin.Module.Path);
    const same: Row[] = own === undefined ? [] : [['module-path', own.Path, null, own.Version, 'drift']];
    return [...goLines, ...same, ...shared, ...rest, ...kept];
  }

  private goLines(): Row[] {
    const { Go, Toolchain } = this.plugin;
    const theirs = this.server.Toolchain ?? '';
    const rows: Row[] = [];
    if (Go !== undefined && isLater('go', Go, theirs.slice(2)))
      rows.push(['go', 'go', Go, theirs.slice(2), this.rule === 'pin' ? 'drift' : 'conflict']);
    const named = Toolchain?.replace(/-.*/, '').slice(2) ?? '';
    if (Toolchain !== undefined && Toolchain !== 'default' && isLater('go', named, theirs.slice(2)))
      rows.push(['toolchain', 'toolchain', Toolchain, theirs, 'drift']);
    return rows;
  }

  private shared(path: string, version: string): Row[] {
    const [now, then] = [this.now(path), this.then(path, version)];
    const required = this.required(path);
    const misses = required.length > 0 && then !== null;
    const level = (isSo: boolean): string => (isSo ? 'conflict' : 'drift');
    const rows: Row[] = [];
    for (const [old, target] of this.replacements(path)) {
      const mayBe = now.selected === null && !this.excluded(path).includes(old ?? '');
      const isThen = misses && then.by === old;
      if (target !== version && (mayBe || now.by === old || (then?.by === old && then.by !== undefined)))
        rows.push(['replaced', path, target, version, level(isThen)]);
    }
    if (required.length > 0 && now.by === undefined && now.used !== version) {
      const decided = then !== null && then.by === undefined && then.used !== null && then.used !== version;
      if (now.used !== null) rows.push(['version', path, now.used, version, level(decided)]);
      else if (!required.includes(version)) rows.push(['version', path, null, version, 'drift']);
    }
    if (this.excluded(path).includes(version))
      rows.push(['excluded', path, null, version, level(misses && then.used !== version)]);
    return rows;
  }

  /** Null under `pin`, where it is always the server's. */
  private then(path: string, version: string): Built | null {
    if (this.rule === 'pin') return null;
    return this.rule === 'cap'
      ? this.built(
          path,
          this.required(path).map(() => version),
        )
      : this.now(path);
  }

  private now(path: string): Built {
    return this.built(path, this.required(path));
  }

  private built(path: string, required: readonly string[]): Built {
    let selected: string | null = null;
    for (const version of required) {
      if (this.excluded(path).includes(version)) continue;
      if (selected === null || isLater('module', version, selected)) selected = version;
    }
    const replacements = this.replacements(path);
    const by =
      selected !== null && replacements.has(selected) ? selected : replacements.has(null) ? null : undefined;
    return { selected, by, used: by === undefined ? selected : (replacements.get(by) ?? null) };
  }

  private required(path: string): string[] {
    return (this.plugin.Require ?? []).filter(({ Path }) => Path === path).map(({ Version }) => Version);
  }

  private excluded(path: string): string[] {
    return (this.plugin.Exclude ?? []).filter(({ Path }) => Path === path).map(({ Version }) => Version);
  }

  /** The version that is replaced, null for all -> what replaces it. */
  private replacements(path: string): Map<string | null, string> {
    const own = (this.plugin.Replace ?? []).filter(({ Old }) => Old.Path === path);
    return new Map(
      own.map(({ Old, New }) => {
        const words = New.Path === path ? [New.Version] : [New.Path, New.Version];
        return [Old.Version ?? null, words.filter((word) => word !== undefined).join(' ')];
      }),
    );
  }
}

interface Built {
  /** Null where no require line counts. */
  readonly selected: string | null;
  /** Which replace line is in use: of this version, or of all (null); undefined for none. */
  readonly by: string | null | undefined;
  readonly used: string | null;
}

const known = new Map<string, number>();

function isLater(kind: Pair[0], a: string, b: string): boolean {
  const key = `${kind} ${a} ${b}`;
  const order = known.get(key) ?? goOrders([[kind, a, b]])[0] ?? NaN;
  known.set(key, order);
  return order > 0;
}

describe.each(['v2.6.3', 'v2.7.3', 'v2.9.1', 'v3.0.0'])('for gotify %s', (tag) => {
  let server: ServerBuild;
  let serverJson: GoMod;
  beforeAll(async () => {
    server = await catalogServer(tag);
    const path = join(dir, `${tag}.mod`);
    writeFileSync(path, server.goMod);
    serverJson = goJson(path);
    // The oracle takes the server's Go from its go.mod.
    expect(serverJson.Toolchain).toBe(`go${server.goVersion}`);
  });

  test.each(good)("the findings of %s are what Go's own reading of both files gives", (name) => {
    const path = `${corpusDir}${name}.mod`;
    const [goMod, plugin] = [readFileSync(path, 'utf8'), goJson(path)];
    for (const rule of rules) {
      const { findings } = lineFindings({ goMod, file: 'go.mod', server, dependencies: rule });
      const rows = findings.map(({ kind, module, plugin: has, server: theirs, level }): Row => [
        kind,
        module ?? '',
        has,
        theirs,
        level,
      ]);
      expect([rule, sorted(rows)]).toEqual([rule, sorted(new Oracle(plugin, serverJson, rule).rows())]);
    }
  });
});

function sorted(rows: readonly Row[]): string[] {
  return rows.map((row) => JSON.stringify(row)).sort();
}

test.each(bad)('Go refuses %s too, at the same line', (name) => {
  const path = `${corpusDir}${name}.mod`;
  const { status, stderr } = spawnSync('go', ['mod', 'edit', '-json', path], {
    encoding: 'utf8',
    env: goEnvironment({}),
  });
  expect(status).not.toBe(0);
  const goMod = readFileSync(path, 'utf8');
  const { code, where } = failureIn(() => parseModFile(goMod, 'go.mod'));
  expect(code).toBe('malformed-go-mod');
  const line = where?.kind === 'file' ? where.line : undefined;
  expect(stderr).toMatch(new RegExp(`\\.mod:${String(line)}\\b`));
});

/** A proxy with every module version that the corpus and a server name, each of which requires nothing. */
async function lonelyModules(files: readonly GoMod[]): Promise<string> {
  const modules = new Map<string, ProxyModule>();
  for (const { Require: requires, Replace: replaces } of files) {
    for (const { Path, Version } of [...(requires ?? []), ...(replaces ?? []).map(({ New }) => New)]) {
      if (Version === undefined) continue;
      const goMod = `module ${Path}\n`;
      modules.set(`${Path}@${Version}`, { path: Path, version: Version, files: { 'go.mod': goMod } });
    }
  }
  // Capital letters are written in another way there, and no plugin here requires such a module.
  return writeModuleProxy(
    join(dir, 'proxy'),
    [...modules.values()].filter(({ path }) => path === path.toLowerCase()),
  );
}

const Listed = v.object({
  Path: v.string(),
  Version: v.optional(v.string()),
  Main: v.optional(v.boolean()),
  Replace: v.optional(Version),
});

/** What `go list -m all` picks: path -> version, and what replaces it. */
function goPicks(home: string, proxy: string): Map<string, { version: string; replace: string | undefined }> {
  const text = execFileSync('go', ['list', '-m', '-json', 'all'], {
    cwd: home,
    encoding: 'utf8',
    env: goEnvironment({
      GOFLAGS: '-mod=mod -modcacherw',
      GOPROXY: proxy,
      GOSUMDB: 'off',
      GOMODCACHE: join(dir, 'modcache'),
    }),
  });
  const listed = v.parse(v.array(Listed), JSON.parse(`[${text.trim().replace(/^\}\n\{/gm, '},\n{')}]`));
  return new Map(
    listed
      .filter(({ Main }) => Main !== true)
      .map(({ Path, Version = '', Replace }) => {
        const words = Replace?.Path === Path ? [Replace.Version] : [Replace?.Path, Replace?.Version];
        const replace = words.filter((word) => word !== undefined).join(' ');
        return [Path, { version: Version, replace: replace === '' ? undefined : replace }];
      }),
  );
}

/** The plugin's folder with this go.mod, and the folders that its replaces name. */
function project(home: string, name: string, json: GoMod): string {
  const plugin = join(home, 'plugin');
  for (const { Old, New } of json.Replace ?? []) {
    if (New.Version !== undefined) continue;
    mkdirSync(join(plugin, New.Path), { recursive: true });
    writeFileSync(join(plugin, New.Path, 'go.mod'), `module ${Old.Path}\n`);
  }
  mkdirSync(plugin, { recursive: true });
  writeFileSync(join(plugin, 'go.mod'), readFileSync(`${corpusDir}${name}.mod`));
  return plugin;
}

describe('of several lines on one module Go picks what the check says', () => {
  let proxy: string;
  let server: ServerBuild;
  beforeAll(async () => {
    server = await catalogServer('v3.0.0');
    const path = join(dir, 'capped.mod');
    writeFileSync(path, server.goMod);
    proxy = await lonelyModules([...good.map((name) => goJson(`${corpusDir}${name}.mod`)), goJson(path)]);
  });

  // Go resolves `v1.2` over the proxy; the check says of such a file that it is not tidy.
  test.each(good.filter((name) => name !== 'short-versions'))(
    'in %s, as it is and with the versions of gotify v3.0.0',
    (name) => {
      const json = goJson(`${corpusDir}${name}.mod`);
      const theirs = new Map(server.pinList.modules.map(({ path, version }) => [path, version]));
      const paths = [...new Set((json.Require ?? []).map(({ Path }) => Path))];
      const mod = parseModFile(readFileSync(`${corpusDir}${name}.mod`, 'utf8'), 'go.mod');
      for (const capped of [false, true]) {
        const home = project(join(dir, 'projects', `${name}-${String(capped)}`), name, json);
        const edits = [
          ...(isLater('go', json.Go ?? '1.16', '1.26.0') ? ['-go=1.26.0', '-toolchain=none'] : []),
          ...(capped ? paths : []).flatMap((path) => {
            const version = theirs.get(path);
            return version === undefined ? [] : [`-require=${path}@${version}`];
          }),
        ];
        if (edits.length > 0)
          execFileSync('go', ['mod', 'edit', ...edits], { cwd: home, env: goEnvironment({}) });
        const picks = goPicks(home, proxy);
        const ours = paths.map((path) => {
          const { require, replace, used } = pick(mod, path, capped ? theirs.get(path) : undefined);
          return [path, require && { version: require.version, replace: replace && (used ?? '') }];
        });
        expect([capped, ours]).toEqual([capped, paths.map((path) => [path, picks.get(path)])]);
      }
    },
  );
});

test('versions of Go are ordered as Go orders them', () => {
  const versions = [
    '1',
    '1.2',
    '1.9.2',
    '1.19rc2',
    '1.20',
    '1.20.0',
    '1.20.14',
    '1.21',
    '1.21rc1',
    '1.21rc2',
    '1.21rc10',
    '1.21beta1',
    '1.21.0',
    '1.21.1',
    '1.21.10',
    '1.22',
    '1.26rc1',
    '1.26.0',
    '1.26.10',
    '1.100',
    '2.0',
    'x',
  ];
  expectSameOrder('go', versions, compareGoVersions);
});

test('versions of modules are ordered as Go orders them', () => {
  const versions = [
    'v0.0.0-20170722210143-03bc4ad20437',
    'v0.0.0-20220829220503-c86fa9a7ed90',
    'v0.0.0',
    'v0.3.1-0.20220829220503-c86fa9a7ed90',
    'v0.3.1-2',
    'v0.3.1-10',
    'v0.3.1-alpha',
    'v0.3.1-alpha.1',
    'v0.3.1-rc.1.0.20220829220503-c86fa9a7ed90',
    'v0.3.1-rc.1',
    'v0.3.1',
    'v1',
    'v1.0.0',
    'v1.9.0',
    'v1.10.0',
    'v1.99999999999999999999.0',
    'v2.0.0+incompatible',
    'v2.0.0',
    'v2.0.1-0.20220829220503-c86fa9a7ed90+incompatible',
    'v2.0.1+incompatible',
    'v1.0.0-01',
    'latest',
  ];
  expectSameOrder('module', versions, compareModuleVersions);
});

function expectSameOrder(
  kind: Pair[0],
  versions: readonly string[],
  compare: (a: string, b: string) => number,
): void {
  const pairs = versions.flatMap((a) => versions.map((b): Pair => [kind, a, b]));
  const ours = pairs.map(([, a, b]) => Math.sign(compare(a, b)));
  const theirs = goOrders(pairs);
  expect(theirs).toHaveLength(pairs.length);
  expect(pairs.map((pair, i) => [...pair, ours[i]])).toEqual(pairs.map((pair, i) => [...pair, theirs[i]]));
}

test.each([
  ['go 1.99', /requires go >= 1\.99/],
  ['go 1.24\ntoolchain go1.99.0', null],
])('Go of a fixed version refuses a newer go line, not a newer toolchain: %j', (lines, refusal) => {
  const home = mkdtempSync(join(dir, 'newer-'));
  writeFiles(home, {
    'go.mod': `module example.com/plugin\n${lines}\n`,
    'main.go': 'package main\n\nfunc main() {}\n',
  });
  const { status, stderr } = spawnSync('go', ['list', '.'], {
    cwd: home,
    encoding: 'utf8',
    env: goEnvironment({}),
  });
  expect(status).toBe(refusal === null ? 0 : 1);
  expect(stderr).toMatch(refusal ?? /^$/);
});
