import {
  compareGoVersions,
  goLineFor,
  knowsThreeParts,
  languageVersion,
  toolchainName,
  toolchainVersion,
} from '../go/version.js';
import type { LinesContext } from './context.js';
import type { Finding } from './finding.js';

/** What the `go` and the `toolchain` line ask for, where it is a newer Go than the server's. */
export function goLineFindings(context: LinesContext): readonly Finding[] {
  return [goFinding(context), toolchainFinding(context)].filter((finding) => finding !== null);
}

function goFinding({ mod, file, server, dependencies }: LinesContext): Finding | null {
  const { goVersion } = server;
  if (mod.go === null || !isNewer(mod.go.version, goVersion)) return null;
  const { version, line } = mod.go;
  const advice = `Write \`go ${goLineFor(goVersion)}\`, and code that needs no newer one`;
  // Before Go 1.21 a newer `go` line was no reason to refuse a module.
  const refused = dependencies !== 'pin' && knowsThreeParts(goVersion);
  return {
    level: refused ? 'conflict' : 'drift',
    kind: 'go',
    code: 'go',
    module: 'go',
    plugin: version,
    server: goVersion,
    reach: null,
    what: `go.mod asks for Go ${version}, newer than Go ${goVersion} of gotify ${server.version}`,
    remedy: refused
      ? `${advice}. Or build with \`dependencies: pin\`, which lowers the line.`
      : `${advice}: the plugin is compiled with Go ${goVersion} in any case.`,
    where: { kind: 'file', file, line },
  };
}

/** A Go before 1.21 looks at the two first numbers of a `go` line. */
function isNewer(version: string, goVersion: string): boolean {
  const read = knowsThreeParts(goVersion) ? version : languageVersion(version);
  return compareGoVersions(read, goVersion) > 0;
}

/** No conflict: the build never switches toolchains, so that the line has no effect on it. */
function toolchainFinding({ mod, file, server }: LinesContext): Finding | null {
  const { goVersion } = server;
  if (mod.toolchain === null) return null;
  const { name, line } = mod.toolchain;
  const version = toolchainVersion(name);
  if (version === null || compareGoVersions(version, goVersion) <= 0) return null;
  const ours = toolchainName(goVersion);
  return {
    level: 'drift',
    kind: 'toolchain',
    code: 'toolchain',
    module: 'toolchain',
    plugin: name,
    server: ours,
    reach: null,
    what: `go.mod names the toolchain ${name}, newer than ${ours} of gotify ${server.version}`,
    remedy: `Remove the line, or write \`toolchain ${ours}\`: the plugin is compiled with Go ${goVersion} in any case.`,
    where: { kind: 'file', file, line },
  };
}
