/**
 * What GitHub's runner would obey in a log: a line that starts with `::name::`, or has `##[name]` anywhere, while
 * commands are not stopped. Source: ActionCommand and ActionCommandManager of actions/runner.
 *
 * @throws Error where commands are left stopped at the end: then the runner would miss what comes after
 */
export function obeyedCommands(log: string): readonly string[] {
  const found: string[] = [];
  let stopped: string | null = null;
  for (const line of log.split(/\r\n|\r|\n/)) {
    const name = /^\s*::([^\s:]+)(?: [^:]*)?::(.*)$/.exec(line) ?? /##\[([^\s\]]+)[^\]]*\](.*)/.exec(line);
    if (name === null) continue;
    if (stopped !== null) {
      if (name[1] === stopped) stopped = null;
    } else if (name[1] === 'stop-commands') stopped = name[2] ?? '';
    else found.push(name[1] ?? '');
  }
  if (stopped !== null) throw new Error('commands are stopped at the end of the log');
  return found;
}
