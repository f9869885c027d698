import rcompare from 'semver/functions/rcompare.js';
import { toolchainName } from '../go/version.js';
import type { CheckedPlugin, CheckedServer, CheckReport } from './check-report.js';
import { shellWord } from './shell-word.js';

/**
 * The commands that bring a plugin's go.mod in line with the newest of the servers; none where it does not differ from
 * that one: a go.mod can follow one server only. They are for people to paste, so what could be read as more than a word
 * is quoted.
 */
export function fixCommands(plugin: CheckedPlugin, { servers }: CheckReport): readonly string[] {
  const server = newest(servers);
  const check = plugin.checks.find(({ server: version }) => version === server?.version);
  if (server === undefined || check === undefined || !check.findings.some(isOfGoMod)) return [];
  const folder = plugin.path.startsWith('-') ? `./${plugin.path}` : plugin.path;
  return [
    ['gotify-plugin-build', 'cap', '-from', nameOf(server), '-to', folder].map(shellWord).join(' '),
    `cd ${shellWord(folder)} && GOTOOLCHAIN=${toolchainName(server.goVersion)} go mod tidy`,
  ];
}

/** The highest release; where there is none, the first that was named. */
function newest(servers: readonly CheckedServer[]): CheckedServer | undefined {
  const tags = servers.flatMap(({ tag }) => (tag === null ? [] : [tag])).sort(rcompare);
  return servers.find(({ tag }) => tag !== null && tag === tags[0]) ?? servers[0];
}

/** As the `server` input takes it. */
function nameOf({ tag, commit, source, version }: CheckedServer): string {
  if (source.kind === 'binary') return source.path;
  return tag ?? commit ?? version;
}

function isOfGoMod({ kind, level }: CheckedPlugin['checks'][number]['findings'][number]): boolean {
  return level !== 'note' && ['version', 'go', 'toolchain', 'does-not-load'].includes(kind);
}
