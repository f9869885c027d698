import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('../../../.ci/cross-compilers', import.meta.url));

/** Before the host suite: puts cross compilers into PATH where the machine has none. It needs no root. */
export default function findCrossCompilers(): void {
  const folder =
    process.env['GOTIFY_PLUGIN_BUILD_TEST_CACHE'] ?? join(tmpdir(), 'gotify-plugin-build-test-cache');
  const programs = execFileSync(script, [folder], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  }).trim();
  // Behind the machine's own: only what is missing there is taken from it.
  if (programs !== '') process.env['PATH'] = [process.env['PATH'], programs].join(delimiter);
}
