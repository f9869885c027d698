import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { giveAll, type User } from './stage.js';

/** What `docker inspect` says of a container before it is started. */
export interface SpiedStep {
  /** The container's. */
  readonly name: string;
  readonly text: string;
}

/**
 * A folder for PATH with a docker command that creates each container, writes down what the engine says of it, and only
 * then starts it: however short a step is, nothing of it is missed.
 */
export async function spyOnDocker(
  dir: string,
  user: User,
): Promise<{ readonly bin: string; steps(): Promise<readonly SpiedStep[]> }> {
  const [bin, seen] = [join(dir, 'bin'), join(dir, 'seen')];
  for (const folder of [bin, seen]) await mkdir(folder, { recursive: true });
  const real = execFileSync('which', ['docker'], { encoding: 'utf8' }).trim();
  const script = `#!/bin/sh
if [ "$1" != run ]; then exec '${real}' "$@"; fi
shift
id=$('${real}' create "$@") || exit 125
'${real}' inspect "$id" >'${seen}/'"$id"
exec '${real}' start --attach "$id"
`;
  await writeFile(join(bin, 'docker'), script, { mode: 0o755 });
  await giveAll(dir, user);
  return {
    bin,
    steps: async () => {
      const texts = await Promise.all(
        (await readdir(seen)).map((name) => readFile(join(seen, name), 'utf8')),
      );
      return texts.map((text) => ({ name: nameIn(text), text }));
    },
  };
}

function nameIn(text: string): string {
  return /"Name": "\/([^"]+)"/.exec(text)?.[1] ?? '';
}
