import { relative } from 'node:path';
import type { CheckOptions } from '../options/options.js';
import type { CheckedPlugin, CheckedServer, CheckReport } from './check-report.js';
import { commandLine, sharedFlags, type Tool } from './tool.js';

/** What a command needs to do for the reader of a report what `fix` does: how it is started, and with which options. */
export interface Fixing {
  readonly tool: Tool;
  readonly options: Pick<CheckOptions, 'base' | 'flags' | 'serverApiUrl'>;
}

/**
 * The command that brings a plugin's go.mod in line with the first of the servers, as `fix` does; null where it does not
 * differ from that one, and where `fix` was asked for. It is for people to paste, so what could be read as more than a
 * word is quoted.
 */
export function fixCommand(plugin: CheckedPlugin, report: CheckReport, fixing: Fixing): string | null {
  const [server] = report.servers;
  const check = plugin.checks.find(({ server: version }) => version === server?.version);
  if (server === undefined || check === undefined || !check.findings.some(isOfGoMod)) return null;
  if (report.fixes.some(({ path }) => path === plugin.path)) return null;
  return commandLine(fixing.tool, [
    'cap',
    ...['-from', nameOf(server, fixing.options.base)],
    ...['-to', asPath(plugin.path)],
    ...sharedFlags({ ...fixing.options, package: plugin.package }),
  ]);
}

/** As the `server` input takes it. */
function nameOf({ tag, commit, source, version }: CheckedServer, base: string): string {
  if (source.kind !== 'binary') return tag ?? commit ?? version;
  const way = relative(base, source.path);
  return way.startsWith('../../') ? source.path : /^\.\.?\//.test(way) ? way : `./${way}`;
}

function asPath(folder: string): string {
  return folder.startsWith('-') ? `./${folder}` : folder;
}

function isOfGoMod({ kind, level }: CheckedPlugin['checks'][number]['findings'][number]): boolean {
  return level !== 'note' && ['version', 'go', 'toolchain', 'does-not-load'].includes(kind);
}
