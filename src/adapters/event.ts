import { readFileSync } from 'node:fs';

/**
 * The JSON of the event that started the workflow, as the runner wrote it (GITHUB_EVENT_PATH).
 *
 * @throws Node's own error, or a SyntaxError
 */
export function readEvent(env: Readonly<Record<string, string | undefined>>): unknown {
  return JSON.parse(readFileSync(env['GITHUB_EVENT_PATH'] ?? '', 'utf8'));
}
