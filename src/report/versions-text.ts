import type { ServerGroup } from '../gotify/groups.js';
import type { ServerSource } from '../gotify/server-build.js';

/**
 * What the command `versions` prints: a table with one line for each server, groups numbered from the first. Lines are
 * joined by newlines.
 */
export function versionsText(groups: readonly ServerGroup[]): string {
  const rows = groups.flatMap(({ goVersion, servers }, index) =>
    servers.map(({ version, commit, pinList, source }) => [
      version,
      goVersion,
      String(index + 1),
      String(pinList.modules.length),
      (commit ?? '').slice(0, 12),
      sourceText(source),
    ]),
  );
  const table = [['gotify', 'Go', 'group', 'modules', 'commit', 'facts from'], ...rows];
  const widths = (table[0] ?? []).map((_, column) =>
    Math.max(...table.map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return [...table.map(line), '', 'One plugin file serves every server of a group.'].join('\n');
}

function sourceText(source: ServerSource): string {
  switch (source.kind) {
    case 'api':
      return 'GitHub';
    case 'catalog':
      return 'the catalog';
    case 'binary':
      return source.path;
  }
}
