import { Failure } from '../errors.js';

/** What is known about flags and tags that are refused: why each would not do. */

const changesShared =
  'it changes every package, also those that the plugin shares with the server, so the loader refuses the file';
const ours = 'the build sets it itself';
const outside = 'it puts programs or files of your choice into the build, which then proves nothing';

/** Flags of `go build` -> the reason. Where Go's own documentation is the source: `go help build`. */
export const buildRefusals: ReadonlyMap<string, string> = new Map([
  [
    'trimpath',
    'the server is built without it; it changes the file names inside shared packages, so the loader refuses the file',
  ],
  ['race', changesShared],
  ['msan', changesShared],
  ['asan', changesShared],
  ['cover', changesShared],
  ['coverpkg', changesShared],
  ['covermode', changesShared],
  ['compiler', 'gotify servers are built with gc, and a plugin of another compiler never loads'],
  ['gccgoflags', 'gotify servers are built with gc, and a plugin of another compiler never loads'],
  ['linkshared', 'a server cannot load a plugin that is linked to shared Go libraries'],
  ['pgo', 'a profile is applied to shared packages too, so the loader refuses the file'],
  ['toolexec', outside],
  ['overlay', outside],
  ['exec', outside],
  ['pkgdir', outside],
  ['C', 'the inputs path and package name the folder'],
  ['o', 'the inputs output and name decide where files go'],
  ['mod', ours],
  ['modfile', ours],
  ['modcacherw', ours],
  ['buildmode', ours],
  ['buildvcs', ours],
  ['installsuffix', ours],
  ['ldflags', 'the input ldflags takes linker flags'],
  ['n', 'it would print the commands and build nothing; use --dry-run'],
  ['i', 'Go does not know it any more'],
  ['json', "the build reads Go's output itself"],
  ['work', 'it would leave temporary folders behind'],
  ['debug-actiongraph', 'it writes a file of your choice'],
  ['debug-trace', 'it writes a file of your choice'],
  ['debug-runtime-trace', 'it writes a file of your choice'],
]);

const standard =
  'it changes packages of the standard library that the plugin shares with the server, so the loader refuses the file';
const gin = 'it changes gin, which the plugin shares with the server, so the loader refuses the file';
const setByGo = 'Go sets it itself';

const tagRefusals: ReadonlyMap<string, string> = new Map([
  ...[
    'netgo',
    'netcgo',
    'osusergo',
    'timetzdata',
    'faketime',
    'purego',
    'math_big_pure_go',
    'nethttpomithttp2',
  ].map((tag): [string, string] => [tag, standard]),
  ...['boringcrypto', 'compiler_bootstrap', 'cmd_go_bootstrap', 'libfuzzer', 'debuglog'].map(
    (tag): [string, string] => [tag, standard],
  ),
  ...['nomsgpack', 'jsoniter', 'go_json', 'sonic'].map((tag): [string, string] => [tag, gin]),
  ...['race', 'msan', 'asan', 'cgo', 'gc', 'gccgo'].map((tag): [string, string] => [tag, setByGo]),
]);

/** Why a tag is refused, or null. Tags that nobody knows are left to the verdict. */
export function refusedTag(tag: string): string | null {
  if (tag.startsWith('goexperiment.')) return standard;
  return tagRefusals.get(tag) ?? null;
}

/** The failure for a flag that an input may not have. */
export function refusedFlag(input: 'build-flags' | 'ldflags', what: string, remedy: string): Failure {
  return new Failure('input', { code: 'refused-flag', what, remedy, where: { kind: 'input', input } });
}
