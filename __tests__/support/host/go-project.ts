import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Writes files below a folder: path -> text. */
export function writeFiles(dir: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
}

/** What `go` prints in that folder, run by this toolchain (`go1.26.0`); a failing command fails the test. */
export function goOutput(cwd: string, toolchain: string, args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync('go', args, {
    cwd,
    encoding: 'utf8',
    // An old Go refuses flags in GOFLAGS that it does not know.
    env: { ...process.env, GOTOOLCHAIN: toolchain, GOFLAGS: '', GOWORK: 'off' },
    maxBuffer: 64 * 1024 * 1024,
  });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`go ${args.join(' ')}: ${stderr}`);
  return stdout;
}
