import type { Change } from '../../src/pin/change.js';

/** A plugin of __tests__/fixtures/plugins, and what building it must end with. */
export interface PluginCase {
  readonly name: string;
  /** What is handed over as the repository, below __tests__/fixtures/plugins. */
  readonly folder: string;
  /** Inputs, relative to that folder; `.` unless given. */
  readonly path?: string;
  readonly package?: string;
  /** v3.0.0 (Go 1.26.0) unless given. */
  readonly server?: 'v2.3.0' | 'v2.6.3' | 'v2.9.1' | 'v3.0.0';
  /** Files to write or rename before: names that not every file system can keep. */
  readonly rename?: { readonly from: string; readonly to: string };
  /** Texts to write over the fixture's files. */
  readonly files?: Readonly<Record<string, string>>;
  /** It needs the modules of `plugin-build.test`: see module-proxy.ts. */
  readonly ownProxy?: true;
  readonly expected: PluginLoads | PluginFails;
}

export interface PluginLoads {
  readonly exitCode: 0;
  /** Part of a warning of the report. */
  readonly warning?: string;
  /** All changes of the report that are about a line of go.mod, as changeText writes them. */
  readonly changes?: readonly string[];
  /** The same of what go.mod does not name, as far as it is no module of the server's. */
  readonly added?: readonly string[];
}

export interface PluginFails {
  readonly exitCode: 1 | 2 | 3;
  readonly code: string;
  /** As whereText writes it. */
  readonly where: string;
  /** Parts of what the user reads. */
  readonly says: readonly string[];
  readonly remedy: string;
  /** Changes of the report that are about a line of go.mod, as changeText writes them. */
  readonly changes?: readonly string[];
}

/** `gin v1.11.0 -> v1.10.0 (line 6, direct)`, with the last part of the module's path. */
export function changeText({ module, from, to, line, reach }: Change): string {
  const name = module.split('/').at(-1) ?? module;
  return `${name} ${from ?? 'nothing'} -> ${to ?? 'nothing'} (line ${String(line)}, ${reach})`;
}

/** Plugins that build and load although something about them is out of the ordinary. */
export const loadingPlugins: readonly PluginCase[] = [
  {
    name: 'a go.mod that names plugin-api alone',
    folder: 'minimal',
    expected: { exitCode: 0, changes: [], added: [] },
  },
  { name: 'an older go line', folder: 'older-go-line', expected: { exitCode: 0, changes: [] } },
  {
    name: "a go line newer than the server's Go",
    folder: 'newer-go-line',
    expected: { exitCode: 0, changes: ['go 1.99.0 -> 1.26.0 (line 3, direct)'] },
  },
  {
    name: "modules newer than the server's",
    folder: 'newer-modules',
    server: 'v2.6.3',
    expected: {
      exitCode: 0,
      changes: ['gin v1.12.0 -> v1.10.0 (line 7, direct)', 'text v0.38.0 -> v0.23.0 (line 8, transitive)'],
    },
  },
  {
    name: 'a main package below the module root',
    folder: 'package-below-root',
    package: './cmd/plugin',
    expected: { exitCode: 0 },
  },
  {
    name: 'a module below the repository root',
    folder: 'module-below-root',
    path: 'plugins/echo',
    expected: { exitCode: 0 },
  },
  {
    name: 'blanks, a quote and letters outside ASCII in the path',
    folder: 'odd path',
    path: "plügin d'essai",
    expected: { exitCode: 0 },
  },
  {
    name: 'a go.work that names a folder that is not there',
    folder: 'go-work',
    path: 'plugin',
    expected: { exitCode: 0 },
  },
  { name: 'a stale vendor folder', folder: 'stale-vendor', expected: { exitCode: 0 } },
  {
    name: 'a local replace of a folder beside the module',
    folder: 'local-replace',
    path: 'plugin',
    expected: { exitCode: 0 },
  },
  {
    name: 'a local replacement whose go line is too new',
    folder: 'local-replace-newer',
    path: 'plugin',
    expected: { exitCode: 0, warning: 'example.org/lib in ../lib asks for Go 1.99.0' },
  },
  {
    name: 'a replacement by the repository around the plugin, whose go line is too new',
    folder: 'replace-root-newer',
    path: 'plugin',
    expected: { exitCode: 0, warning: 'example.org/root in ../ asks for Go 1.99.0' },
  },
  {
    name: 'a stale replace of a module that nothing requires',
    folder: 'stale-replace',
    expected: { exitCode: 0, changes: [] },
  },
  {
    name: 'an import that no require line provides, at the newest version, with a warning',
    folder: 'unrequired-module',
    ownProxy: true,
    expected: {
      exitCode: 0,
      warning: '`go get plugin-build.test/cookies@v1.2.0`',
      changes: [],
      added: ['cookies nothing -> v1.2.0 (line null, direct)'],
    },
  },
  {
    name: "a replace of a server's module",
    folder: 'replace-of-server-module',
    expected: { exitCode: 0, warning: 'github.com/gin-gonic/gin' },
  },
  { name: 'exclude lines', folder: 'exclude', expected: { exitCode: 0 } },
  { name: 'a go.mod without indirect lines', folder: 'no-indirect-lines', expected: { exitCode: 0 } },
  { name: 'no go.sum', folder: 'no-go-sum', expected: { exitCode: 0 } },
  { name: 'cgo', folder: 'cgo', expected: { exitCode: 0 } },
  { name: 'go:embed', folder: 'embed', expected: { exitCode: 0 } },
];

/** Plugins that cannot be built, and how their author learns why. */
export const failingPlugins: readonly PluginCase[] = [
  {
    name: 'no go.mod',
    folder: 'no-go-mod',
    expected: {
      exitCode: 2,
      code: 'no-go-mod',
      where: 'input path',
      says: ['there is no go.mod in this folder'],
      remedy: 'go mod init',
    },
  },
  {
    name: 'no go.mod, but one further down',
    folder: 'module-below-root',
    expected: {
      exitCode: 2,
      code: 'no-go-mod',
      where: 'input path',
      says: ['there is no go.mod in this folder'],
      remedy: 'There is one in plugins/echo: set path to that folder.',
    },
  },
  {
    name: 'no go.mod, but one further up',
    folder: 'package-below-root',
    path: 'cmd/plugin',
    expected: {
      exitCode: 2,
      code: 'no-go-mod',
      where: 'input path',
      says: ['there is no go.mod in cmd/plugin'],
      remedy: 'There is one in .: set path to that folder, and package to ./cmd/plugin.',
    },
  },
  {
    name: 'a malformed go.mod',
    folder: 'malformed-go-mod',
    expected: {
      exitCode: 2,
      code: 'malformed-go-mod',
      where: 'go.mod:5:38',
      says: ['one'],
      remedy: 'Correct the line',
    },
  },
  {
    name: 'a package that is not main',
    folder: 'library',
    expected: {
      exitCode: 2,
      code: 'not-a-main-package',
      where: 'input package',
      says: ['is package library, not package main'],
      remedy: 'package input',
    },
  },
  {
    name: 'no Go files for the target',
    folder: 'excluded-files',
    expected: {
      exitCode: 2,
      code: 'no-go-files',
      where: 'input package',
      says: ['left out for this target'],
      remedy: 'package input',
    },
  },
  {
    name: 'a program that is no plugin',
    folder: 'no-plugin-api',
    expected: {
      exitCode: 1,
      code: 'no-plugin-api',
      where: 'go.mod',
      says: ['it is not a gotify plugin'],
      remedy: 'Import github.com/gotify/plugin-api',
    },
  },
  {
    name: 'a module called main',
    folder: 'module-called-main',
    expected: {
      exitCode: 1,
      code: 'module-called-main',
      where: 'go.mod:1',
      says: ['will not load it'],
      remedy: 'module example.com/my-plugin',
    },
  },
  {
    name: "the server's own module, imported directly",
    folder: 'imports-server',
    expected: {
      exitCode: 1,
      code: 'imports-server',
      where: 'go.mod:6',
      says: ['(example.org/plugins/imports-server -> github.com/gotify/server/v2/model)'],
      remedy: 'Use github.com/gotify/plugin-api instead',
    },
  },
  {
    name: "the server's own module, through a dependency",
    folder: 'dependency-imports-server',
    path: 'plugin',
    expected: {
      exitCode: 1,
      code: 'imports-server',
      where: 'plugin/go.mod:7',
      says: ['example.org/helper -> github.com/gotify/server/v2/model'],
      remedy: 'The import is in the dependency example.org/helper',
    },
  },
  {
    name: 'missing functions',
    folder: 'missing-functions',
    expected: {
      exitCode: 1,
      code: 'missing-functions',
      where: 'input package',
      says: ['has no function GetGotifyPluginInfo and no NewGotifyPluginInstance'],
      remedy: '`func GetGotifyPluginInfo() plugin.Info`',
    },
  },
  {
    name: 'a wrong signature',
    folder: 'wrong-signature',
    expected: {
      exitCode: 1,
      code: 'wrong-signature',
      where: 'plugin.go:8',
      says: ['GetGotifyPluginInfo is func() *plugin.Info'],
      remedy: '`func GetGotifyPluginInfo() plugin.Info`',
    },
  },
  {
    name: "a dependency that needs a newer Go than the server's",
    folder: 'dependency-needs-newer-go',
    server: 'v2.6.3',
    expected: {
      exitCode: 1,
      code: 'dependency-needs-newer-go',
      where: 'go.mod:6',
      says: ['golang.org/x/time v0.16.0 needs Go 1.26.0 (its `go` line)', 'Go 1.24.1'],
      remedy: 'Require golang.org/x/time v0.14.0',
    },
  },
  {
    name: "a compile error by a pinned module, in the plugin's own code",
    folder: 'pinned-module-conflict',
    server: 'v2.6.3',
    expected: {
      exitCode: 1,
      code: 'pinned-module-conflict',
      where: 'plugin.go:24:4',
      says: ['c.SetCookieData undefined', 'github.com/gin-gonic/gin v1.10.0', 'the plugin asks for v1.11.0'],
      remedy: 'with a newer github.com/gin-gonic/gin',
      changes: ['gin v1.11.0 -> v1.10.0 (line 6, direct)'],
    },
  },
  {
    name: "a package that the server's version of a module lacks",
    folder: 'pinned-module-lacks-package',
    server: 'v2.6.3',
    expected: {
      exitCode: 1,
      code: 'pinned-module-conflict',
      where: 'plugin.go:4:2',
      says: ['github.com/gin-gonic/gin/codec/json', 'v1.10.0', 'the plugin asks for v1.11.0'],
      remedy: 'without that package',
    },
  },
  {
    name: 'a compile error by a pinned module, inside a dependency',
    folder: 'dependency-conflict',
    server: 'v2.6.3',
    ownProxy: true,
    expected: {
      exitCode: 1,
      code: 'dependency-conflict',
      where: 'go.mod:6',
      says: [
        'plugin-build.test/cookies v1.2.0 does not compile with github.com/gin-gonic/gin v1.10.0',
        'it asks for v1.11.0',
        'plugin-build.test/cookies@v1.2.0/cookies.go:12:4',
      ],
      remedy: 'Require plugin-build.test/cookies v1.1.0',
    },
  },
  {
    name: "code for a newer language than go.mod asks for, although the server's modules do",
    folder: 'older-language',
    expected: {
      exitCode: 1,
      code: 'compile-error',
      where: 'plugin.go:22:12',
      says: ['plugin.go:22:12: cannot range over 3', 'requires go1.22 or later'],
      remedy: 'Correct this in the source',
    },
  },
  {
    name: 'a stale replace of a module that a dependency needs',
    folder: 'stale-replace-needed',
    ownProxy: true,
    expected: {
      exitCode: 2,
      code: 'replaced-folder-missing',
      where: 'go.mod:8',
      says: ['the folder ../nowhere, which replaces plugin-build.test/nowhere, is not there'],
      remedy: 'Check it out too',
    },
  },
  {
    name: 'a dependency that does not compile, with just the versions that it asks for',
    folder: 'dependency-broken',
    ownProxy: true,
    expected: {
      exitCode: 1,
      code: 'dependency-compile-error',
      where: 'go.mod:6',
      says: [
        'plugin-build.test/broken v1.0.0 does not compile: plugin-build.test/broken@v1.0.0/broken.go:8:12',
      ],
      remedy: 'Require another version of it',
    },
  },
  {
    name: 'a constant of a dependency that does not fit, where the pin has another version than it asks for',
    folder: 'dependency-overflows',
    ownProxy: true,
    expected: {
      exitCode: 1,
      code: 'dependency-compile-error',
      where: 'go.mod:6',
      says: ['plugin-build.test/broken v1.1.0 does not compile', 'overflows'],
      remedy: 'Require another version of it',
    },
  },
  {
    name: 'a C header that a dependency needs, where the pin has another version than it asks for',
    folder: 'dependency-missing-header',
    ownProxy: true,
    expected: {
      exitCode: 1,
      code: 'c-compile-error',
      where: 'go.mod:6',
      says: [
        'the C code of the dependency plugin-build.test/broken v1.2.0',
        'no-such-library.h: No such file',
      ],
      remedy: 'Install the C library with its headers',
    },
  },
  {
    name: "a value that is called as one of the server's packages",
    folder: 'value-named-as-package',
    expected: {
      exitCode: 1,
      code: 'compile-error',
      where: 'plugin.go:22:39',
      says: ['plugin.go:22:39: render.Foo undefined (type renderer has no field or method Foo)'],
      remedy: 'Correct this in the source',
    },
  },
  {
    name: 'an ordinary compile error',
    folder: 'compile-error',
    expected: {
      exitCode: 1,
      code: 'compile-error',
      where: 'plugin.go:20:28',
      says: ['plugin.go:20:28: cannot use "text"'],
      remedy: 'Correct this in the source',
    },
  },
  {
    name: 'C code with an #error that looks like a workflow command',
    folder: 'c-error',
    expected: {
      exitCode: 1,
      code: 'c-compile-error',
      where: 'broken.go:3:3',
      says: ['#error ::set-output name=files::[]'],
      remedy: 'Correct this in the C code',
    },
  },
  {
    name: 'C code with an #error that looks like a full disk',
    folder: 'c-error-no-space',
    expected: {
      exitCode: 1,
      code: 'c-compile-error',
      where: 'broken.go:3:3',
      says: ['no space left on device'],
      remedy: 'Correct this in the C code',
    },
  },
  {
    name: 'a file name that looks like a workflow command, which Go itself refuses',
    folder: 'compile-error',
    rename: { from: 'plugin.go', to: '::set-output name=files::x.go' },
    expected: {
      exitCode: 1,
      code: 'compile-error',
      where: 'go.mod',
      says: ['invalid input file name "::set-output name=files::x.go"'],
      remedy: 'Correct this in the source',
    },
  },
  {
    name: 'a file name with a workflow command further in',
    folder: 'compile-error',
    rename: { from: 'plugin.go', to: 'a::set-output name=files::x.go' },
    expected: {
      exitCode: 1,
      code: 'compile-error',
      where: 'a::set-output name=files::x.go:20:28',
      says: ['does not compile: a::set-output name=files::x.go:20:28'],
      remedy: 'Correct this in the source',
    },
  },
  {
    name: "a standard package that the server's Go lacks",
    folder: 'standard-package-too-new',
    server: 'v2.3.0',
    expected: {
      exitCode: 1,
      code: 'plugin-needs-newer-go',
      where: 'plugin.go:4:2',
      says: ['the package slices exists since Go 1.21', 'Go 1.19.1'],
      remedy: 'Write the plugin for Go 1.19.1',
    },
  },
  {
    name: 'a go.sum that contradicts what is downloaded',
    folder: 'checksum-mismatch',
    expected: {
      exitCode: 2,
      code: 'checksum-mismatch',
      where: 'go.sum:1',
      says: ['golang.org/x/time v0.5.0'],
      remedy: 'go mod tidy',
    },
  },
  {
    name: 'a dependency of a dependency that needs a newer Go',
    folder: 'deep-dependency-needs-newer-go',
    ownProxy: true,
    expected: {
      exitCode: 1,
      code: 'dependency-needs-newer-go',
      where: 'go.mod',
      says: ['plugin-build.test/newer v1.2.0 needs Go 1.99.0 (its `go` line)', 'Go 1.26.0'],
      remedy: 'The newest version of it that fits is v1.1.0',
    },
  },
  {
    name: 'a dependency whose code needs a newer Go, with a Go that does not read `go` lines first',
    folder: 'dependency-uses-newer-go',
    server: 'v2.3.0',
    ownProxy: true,
    expected: {
      exitCode: 1,
      code: 'dependency-needs-newer-go',
      where: 'go.mod:6',
      says: [
        'plugin-build.test/newer v1.1.0 needs Go 1.21 (its `go` line)',
        'Go 1.19.1: plugin-build.test/newer@v1.1.0/newer.go:5:12: undefined: min',
      ],
      remedy: 'Require plugin-build.test/newer v1.0.0',
    },
  },
  {
    name: "a dependency that imports a standard package which the server's Go lacks",
    folder: 'dependency-imports-newer-standard',
    server: 'v2.3.0',
    expected: {
      exitCode: 1,
      code: 'dependency-needs-newer-go',
      where: 'go.mod:6',
      says: ['github.com/spf13/cast v1.10.0 needs a newer Go', 'the package slices exists since Go 1.21'],
      remedy: 'Require github.com/spf13/cast v1.',
    },
  },
  {
    name: "code that needs a newer Go than the server's",
    folder: 'newer-language',
    server: 'v2.6.3',
    expected: {
      exitCode: 1,
      code: 'plugin-needs-newer-go',
      where: 'plugin.go:20:13',
      says: ['does not compile with Go 1.24.1', '(go.mod asks for Go 1.99.0)', '3 is not a type'],
      remedy: 'Write the plugin for Go 1.24.1',
    },
  },
  {
    name: "a package of the plugin's own that is not there",
    folder: 'missing-package',
    expected: {
      exitCode: 1,
      code: 'missing-package',
      where: 'plugin.go:4:2',
      says: ['plugin.go imports example.org/plugins/missing-package/internal/nothing'],
      remedy: 'add the folder internal/nothing',
    },
  },
  {
    name: 'packages that import each other',
    folder: 'import-cycle',
    expected: {
      exitCode: 1,
      code: 'compile-error',
      where: 'go.mod',
      says: ['import cycle not allowed'],
      remedy: 'Correct this in the source',
    },
  },
  {
    name: 'a C header that is not installed',
    folder: 'missing-header',
    expected: {
      exitCode: 1,
      code: 'c-compile-error',
      where: 'library.go:3:11',
      says: ['no-such-library.h: No such file or directory'],
      remedy: 'Install the C library with its headers',
    },
  },
  {
    name: 'a C library that is not installed',
    folder: 'missing-library',
    expected: {
      exitCode: 1,
      code: 'link-error',
      where: 'go.mod',
      says: ['-lno-such-library'],
      remedy: 'C library',
    },
  },
];
