import type { BuildFlags } from './flags.js';
import type { Places } from './builder.js';
import { byImportPath } from './tool-flags.js';
import { joinQuoted } from './quoted.js';

/**
 * The arguments after `go` that build a plugin, for both builders: the tutorial's flags, and the build-only go.mod in
 * place of the plugin's. Servers before v2.1.6 are out of reach, so every Go here (1.19 and later) knows all of them.
 *
 * @param request.modulePath the plugin's
 * @param request.package relative to the module: `.` or `./cmd/plugin`
 * @param request.outFile the file's name, or a path below `places.out`
 * @param request.overlay whether the pin's overlay.json is in use
 * @param request.language the language version of the plugin's own packages, where that in go.mod is not theirs
 */
export function goBuildArgs(request: {
  readonly places: Places;
  readonly modulePath: string;
  readonly package: string;
  readonly outFile: string;
  readonly flags: BuildFlags;
  readonly overlay: boolean;
  readonly language?: OwnLanguage | null;
}): string[] {
  const { places, modulePath, flags, language = null } = request;
  const own = flags.flags.map((flag) => byImportPath(flag, modulePath));
  return [
    'build',
    '-mod=mod',
    `-modfile=${places.pin}/go.mod`,
    '-buildvcs=false',
    ...(request.overlay ? [`-overlay=${places.pin}/overlay.json`] : []),
    ...(flags.rebuildAll ? ['-a'] : []),
    '-installsuffix=cgo',
    `-ldflags=${linkerFlags(flags.ldflags)}`,
    '-buildmode=plugin',
    ...(language === null ? own : withLanguage(own, language)),
    '-o',
    `${places.out}/${request.outFile}`,
    request.package,
  ];
}

export interface OwnLanguage {
  /** `1.18`. */
  readonly version: string;
  /** The import paths of the plugin's own packages. */
  readonly packages: readonly string[];
}

/**
 * One flag for each package, since a pattern could match another module's. Of several that match Go takes the last
 * (`go help build`), so the user's own, which can only be for the plugin's packages, carry it too.
 */
function withLanguage(flags: readonly string[], { version, packages }: OwnLanguage): readonly string[] {
  const lang = `-lang=go${version}`;
  return [
    ...packages.map((path) => `-gcflags=${path}=${lang}`),
    ...flags.map((flag) => (flag.startsWith('-gcflags=') ? `${flag} ${lang}` : flag)),
  ];
}

/**
 * The arguments after `go` that build a reference host: the flags of the server's own Makefile, as far as they reach its
 * packages, whatever the user's are.
 */
export function hostBuildArgs(places: Pick<Places, 'pin' | 'out'>, outFile: string): string[] {
  return [
    'build',
    '-mod=mod',
    `-modfile=${places.pin}/go.mod`,
    '-buildvcs=false',
    '-installsuffix=cgo',
    '-ldflags=-w -s',
    '-o',
    `${places.out}/${outFile}`,
    '.',
  ];
}

/** Every item was one field for Go when it was read, so it can be written as one again. */
function linkerFlags(added: readonly string[]): string {
  const text = joinQuoted(['-w', '-s', ...added]);
  if (text === null) throw new Error(`linker flags that Go cannot read: ${added.join(' ')}`);
  return text;
}
