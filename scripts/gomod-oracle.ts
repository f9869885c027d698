/**
 * Writes __tests__/fixtures/gomod/oracle.json: what `go mod edit -json` says of each *.mod file beside it.
 * Run it after adding a file there: `node scripts/gomod-oracle.ts` (Node 24, with Go 1.26 on the machine).
 * The host tests ask Go again and compare, so the file cannot go stale.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../__tests__/fixtures/gomod/', import.meta.url));
const answers: Record<string, unknown> = {};
for (const name of readdirSync(folder).filter((file) => file.endsWith('.mod'))) {
  const { status, stdout, error } = spawnSync('go', ['mod', 'edit', '-json', folder + name], {
    encoding: 'utf8',
  });
  if (error !== undefined) throw error;
  // Null: Go refuses the file.
  answers[name] = status === 0 ? JSON.parse(stdout) : null;
}
writeFileSync(`${folder}oracle.json`, `${JSON.stringify(answers)}\n`);
