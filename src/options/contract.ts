/**
 * The one table of inputs. The command line's flags and their help are made from it; action.yml and the README's
 * tables are checked against it by a test.
 */

export const modes = ['build', 'check', 'publish'] as const;

export type Mode = (typeof modes)[number];

export const builders = ['docker', 'host'] as const;
export const dependencyRules = ['pin', 'cap', 'keep'] as const;
export const verifications = ['static', 'off'] as const;
export const publications = ['auto', 'artifact', 'release', 'both', 'none'] as const;
export const artifactLayouts = ['single', 'per-target'] as const;
export const makeLatestValues = ['true', 'false', 'legacy'] as const;
export const onExistingValues = ['replace', 'skip', 'fail'] as const;

export type Entry = 'action' | 'cli';

/** What an input's text is, for its help and for how a command line takes it. */
export type InputKind =
  | { readonly kind: 'text'; readonly placeholder: string }
  | { readonly kind: 'choice'; readonly values: readonly string[] }
  /** `true` or `false`; on the command line its name alone. */
  | { readonly kind: 'switch' };

export interface InputSpec {
  readonly name: string;
  /** One or two sentences, for action.yml and for --help. */
  readonly description: string;
  readonly value: InputKind;
  /** What an absent or empty input stands for; empty: what the description says. */
  readonly default: Readonly<Record<Entry, string>>;
  /**
   * The modes that read it; on the command line, the commands that have it as a flag: none where the runner fills it in.
   * Null: the command's name.
   */
  readonly modes: readonly Mode[] | null;
}

const text = (placeholder: string): InputKind => ({ kind: 'text', placeholder });
const choice = (values: readonly string[]): InputKind => ({ kind: 'choice', values });
const every = modes;
const compiling = ['build', 'check'] as const;
const releasing = ['build', 'publish'] as const;
const both = (value: string): InputSpec['default'] => ({ action: value, cli: value });

export const inputs = [
  {
    name: 'mode',
    description:
      'What to do. `build` builds the plugin and proves that each file loads. `check` says what keeps the plugin from fitting the servers, at the lines of go.mod, and publishes nothing. `publish` sends files of earlier builds to a release, after proving them again.',
    value: choice(modes),
    default: both('build'),
    modes: null,
  },
  {
    name: 'path',
    description:
      "The plugin's module folder (where its go.mod is), relative to the workspace or the current folder. `check` takes several, one a line, and patterns such as `plugins/*`.",
    value: text('folder'),
    default: both('.'),
    modes: compiling,
  },
  {
    name: 'package',
    description: 'The main package, relative to `path`.',
    value: text('folder'),
    default: both('.'),
    modes: compiling,
  },
  {
    name: 'server',
    description:
      'The gotify server to build for: `latest`, a version (`v2.9.1`), a part of one (`2.9`) or a range (`>=2.6 <3`), which mean the newest stable match, a branch or commit, or the path of a gotify binary (`./gotify`). Several are separated by commas or lines, and `all:>=2.6` means every stable match: servers of the same modules share a file.',
    value: text('server'),
    default: both('latest'),
    modes: compiling,
  },
  {
    name: 'targets',
    description:
      '`all`, `native` (the architecture of this machine), or a list separated by commas or lines of `linux-amd64`, `linux-arm64`, `linux-arm-7`, `linux-386`, `linux-riscv64`; `linux-` may be left out. `all` leaves out what a server cannot have: `linux-riscv64` before v2.7.0.',
    value: text('list'),
    default: { action: 'all', cli: 'native' },
    modes: ['build'],
  },
  {
    name: 'builder',
    description:
      '`docker`: in the image that the server itself is built in, sealed off from the network. `host`: with the exact Go toolchain on this machine; it needs no Docker, and it is no sandbox. By default `docker` in the action and `host` on the command line; `check` uses the host wherever Go is there.',
    value: choice(builders),
    default: both(''),
    modes: compiling,
  },
  {
    name: 'image',
    description:
      'Another image for the docker builder. `{go}` and `{arch}` stand for the Go version and the architecture. By default `gotify/build:{go}-linux-{arch}`.',
    value: text('image'),
    default: both(''),
    modes: compiling,
  },
  {
    name: 'dependencies',
    description:
      "`pin`: every module that the server has is built at the server's version. `cap`: only the modules that both go.mod files require, as gomod-cap does, then go mod tidy. `keep`: as the plugin's go.mod says. The plugin's own files are never changed.",
    value: choice(dependencyRules),
    default: both('pin'),
    modes: compiling,
  },
  {
    name: 'verify',
    description:
      "`static`: Go's own load check, read out of the plugin and the server without running either; only files that pass are handed on. `off`: no check, and no file is called loading.",
    value: choice(verifications),
    default: both('static'),
    modes: ['build'],
  },
  {
    name: 'manifest',
    description:
      "What to compare with: an ABI manifest (JSON) or a gotify binary. By default the server's release, else the catalog's manifest, else a reference host. A manifest is a file such as those in catalog/abi. A manifest is for one target, so build that target alone.",
    value: text('file'),
    default: both(''),
    modes: ['build'],
  },
  {
    name: 'name',
    description:
      "First part of the names of files, `<name>-linux-<arch>-for-gotify-<version>.so`. By default the last part of the plugin's module path, before `/v2` and the like.",
    value: text('name'),
    default: both(''),
    modes: ['build'],
  },
  {
    name: 'output',
    description:
      'The folder for the files and report.json (`publish`: for publish-report.json), relative to the workspace or the current folder. A file that would not load, or of which that is undecided, goes to `rejected/` in it.',
    value: text('folder'),
    default: both('dist-plugins'),
    modes: every,
  },
  {
    name: 'server-api-url',
    description:
      'The GitHub API that gotify/server is read from. On GitHub Enterprise it stays the public one unless the server is mirrored there.',
    value: text('url'),
    default: both('https://api.github.com'),
    modes: every,
  },
  {
    name: 'ldflags',
    description: 'More linker flags, such as `-X main.version=1.2.3`, added to `-w -s`. By default none.',
    value: text('flags'),
    default: both(''),
    modes: compiling,
  },
  {
    name: 'build-flags',
    description:
      'More flags for go build, one argument a line: `-tags`, `-v`, `-x`, `-p`, `-a`, and `-gcflags` and `-asmflags` for the plugin itself. A flag that would make a file that does not load is refused. By default none.',
    value: text('flags'),
    default: both(''),
    modes: compiling,
  },
  {
    name: 'concurrency',
    description:
      'How many targets are built (`check`: servers are looked at) side by side. By default as many as the machine has cores.',
    value: text('number'),
    default: both(''),
    modes: compiling,
  },
  {
    name: 'fail-fast',
    description: 'Whether to start no more targets after the first one that fails.',
    value: { kind: 'switch' },
    default: both('false'),
    modes: ['build'],
  },
  {
    name: 'timeout',
    description: 'Minutes that one target may take, and fetching an image or a toolchain as well.',
    value: text('minutes'),
    default: both('30'),
    modes: compiling,
  },
  {
    name: 'cache-dir',
    description:
      'The folder of the module cache, the build caches and the facts about servers, relative to the workspace or the current folder. By default where the platform keeps caches.',
    value: text('folder'),
    default: both(''),
    modes: every,
  },
  {
    name: 'token',
    description:
      "A GitHub token, for more requests an hour; by default the job's, and on the command line GITHUB_TOKEN of the environment. It is sent to `server-api-url` only where that is the API which issued it; `check` reads the base of a pull request with it, and releases are published with it.",
    value: text('token'),
    default: { action: '${{ github.token }}', cli: '' },
    modes: every,
  },
  {
    name: 'compile',
    description:
      'For `check`: whether to compile the plugin. `false` judges the lines of go.mod alone: at once, and without Go.',
    value: choice(['true', 'false']),
    default: both('true'),
    modes: ['check'],
  },
  {
    name: 'strict',
    description:
      "For `check`: whether drift fails too, a version that is not the server's, so that what was tested is not what ships.",
    value: { kind: 'switch' },
    default: both('false'),
    modes: ['check'],
  },
  {
    name: 'baseline',
    description:
      'For `check`: whether drift that the base of a pull request or merge queue has already is told apart, and never fails.',
    value: choice(['true', 'false']),
    default: both('true'),
    modes: ['check'],
  },
  {
    name: 'base',
    description:
      'For `check`: a commit, branch or tag to compare with. By default the base of a pull request or merge queue, and nothing elsewhere. Nothing is compared with `baseline: false`.',
    value: text('ref'),
    default: both(''),
    modes: ['check'],
  },
  {
    name: 'fix',
    description:
      'For `check`: whether to write go.mod and go.sum with the versions of the first server that was named, as the command `cap` does.',
    value: { kind: 'switch' },
    default: both('false'),
    modes: ['check'],
  },
  {
    name: 'publish',
    description:
      'Where the files go. `auto`: in a workflow to artifacts, and on the push of a tag and for a release event to the release as well. `artifact`, `release`, `both`, or `none`. On the command line `auto` publishes nothing, but with `skip-existing`.',
    value: choice(publications),
    default: both('auto'),
    modes: ['build'],
  },
  {
    name: 'artifact',
    description: '`single`: one artifact with all files. `per-target`: one for each target.',
    value: choice(artifactLayouts),
    default: both('single'),
    modes: ['build'],
  },
  {
    name: 'artifact-name',
    description:
      "The artifact's name; with `per-target` the target is added. By default the plugin's name and the job's, with what tells this job of a matrix from the others.",
    value: text('name'),
    default: both(''),
    modes: ['build'],
  },
  {
    name: 'matrix',
    description:
      "Nothing to set: the values of the job's matrix, which tell its artifact from those of the other jobs.",
    value: text('json'),
    default: { action: '${{ toJSON(matrix) }}', cli: '' },
    modes: [],
  },
  {
    name: 'retention-days',
    description: 'How many days artifacts are kept. By default as the repository says.',
    value: text('days'),
    default: both(''),
    modes: ['build'],
  },
  {
    name: 'keep-rejected',
    description: 'Whether files that would not load go to an artifact of their own, for looking into.',
    value: { kind: 'switch' },
    default: both('false'),
    modes: ['build'],
  },
  {
    name: 'folders',
    description:
      'For `mode: publish`: the output folders of builds (files and report.json), one a line, and patterns such as `downloads/*`.',
    value: text('folders'),
    default: both('dist-plugins'),
    modes: ['publish'],
  },
  {
    name: 'release-tag',
    description:
      'The tag whose release gets the files; it must exist. By default the tag that started the workflow, and with `skip-existing` the latest release.',
    value: text('tag'),
    default: both(''),
    modes: releasing,
  },
  {
    name: 'repository',
    description: "The repository of the release, `OWNER/NAME`. By default the workflow's.",
    value: text('repository'),
    default: both(''),
    modes: releasing,
  },
  {
    name: 'allow-partial',
    description:
      'Whether a release gets the files that load although others, that were asked for, do not; its notes say so.',
    value: { kind: 'switch' },
    default: both('false'),
    modes: releasing,
  },
  {
    name: 'prerelease',
    description: 'Whether a release that is made here is a pre-release.',
    value: { kind: 'switch' },
    default: both('false'),
    modes: releasing,
  },
  {
    name: 'draft',
    description: 'Whether the release stays a draft, for you to publish.',
    value: { kind: 'switch' },
    default: both('false'),
    modes: releasing,
  },
  {
    name: 'make-latest',
    description:
      "Whether the release becomes the repository's latest when it is published: `true`, `false`, or `legacy` (by date and version). By default as GitHub does.",
    value: choice(makeLatestValues),
    default: both(''),
    modes: releasing,
  },
  {
    name: 'notes',
    description:
      'Whether the text of a release that is made here gets a table of which file is for which server.',
    value: choice(['true', 'false']),
    default: both('true'),
    modes: releasing,
  },
  {
    name: 'on-existing',
    description:
      'What happens to a file of the release that has the same name and other bytes: `replace`, `skip` or `fail`. By default it is replaced in a draft, and fails in a published release.',
    value: choice(onExistingValues),
    default: both(''),
    modes: releasing,
  },
  {
    name: 'parts',
    description:
      'How many jobs share the release; it is published by the one that sees all of them. Each needs its own `part`. A last job with `mode: publish` is simpler, where you can have one.',
    value: text('number'),
    default: both(''),
    modes: releasing,
  },
  {
    name: 'part',
    description: 'With `parts`: the name of this job, such as `amd64`, that no other of them has.',
    value: text('name'),
    default: both(''),
    modes: releasing,
  },
  {
    name: 'skip-existing',
    description:
      'Whether only what the release lacks is built, from the commit of its tag, and added to it: for a scheduled workflow that follows new servers.',
    value: { kind: 'switch' },
    default: both('false'),
    modes: ['build'],
  },
  {
    name: 'attest',
    description:
      'Whether the published files get a build provenance attestation. The job needs the permissions `id-token: write` and `attestations: write`.',
    value: { kind: 'switch' },
    default: both('false'),
    modes: releasing,
  },
] as const satisfies readonly InputSpec[];

export type InputName = (typeof inputs)[number]['name'];

/** What somebody wrote, input by input; absent and empty are the same. */
export type RawOptions = Readonly<Partial<Record<InputName, string>>>;

/** The default of an input, as text. */
export function defaultOf(name: InputName, entry: Entry): string {
  return specOf(name).default[entry];
}

function specOf(name: InputName): InputSpec {
  const spec: InputSpec | undefined = inputs.find((input) => input.name === name);
  if (spec === undefined) throw new Error(`no input is called ${name}`);
  return spec;
}
