import { toolchainName } from '../go/version.js';
import type { CheckedPlugin, CheckReport } from './check-report.js';

/**
 * The commands that bring a plugin's go.mod in line with the newest server that it differs from; none where nothing
 * differs. They are for people to paste, so what could be read as more than a word is quoted.
 */
export function fixCommands(plugin: CheckedPlugin, { servers }: CheckReport): readonly string[] {
  const differing = plugin.checks.filter(({ findings }) => findings.some(isOfGoMod));
  const server = servers.find(({ version }) => differing.some((check) => check.server === version));
  if (server === undefined) return [];
  return [
    ['gotify-plugin-build', 'cap', '-from', server.version, '-to', plugin.path].map(word).join(' '),
    `cd ${word(plugin.path)} && GOTOOLCHAIN=${toolchainName(server.goVersion)} go mod tidy`,
  ];
}

function isOfGoMod({ kind, level }: CheckedPlugin['checks'][number]['findings'][number]): boolean {
  return level !== 'note' && ['version', 'go', 'toolchain', 'does-not-load'].includes(kind);
}

/** As a POSIX shell reads it. */
function word(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
