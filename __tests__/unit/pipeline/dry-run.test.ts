import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Builder } from '../../../src/build/builder.js';
import { describeGroups } from '../../../src/pipeline/dry-run.js';
import { planGroups } from '../../../src/pipeline/plan-groups.js';
import { catalogServer } from '../../support/host/server.js';
import { createRecorder } from '../../support/recorder.js';
import { noBuilder, targetContext } from '../../support/target-context.js';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'dry run '));
});
afterEach(() => rmSync(dir, { recursive: true }));

const builder: Builder = {
  ...noBuilder,
  describe: ({ args }) => [
    { kind: 'command', program: 'go', args, env: {}, passedOn: [], cwd: null, about: null },
  ],
};

/** What a dry run prints for one server, one comment with its command each. */
async function describeFor(tag: string): Promise<readonly string[]> {
  const reporter = createRecorder();
  const context = await targetContext(builder, dir);
  const server = await catalogServer(tag);
  const plan = planGroups([server], { wanted: ['linux-amd64'], arch: 'x64' });
  const ports = { ...context.ports, reporter };
  await describeGroups(plan, {
    open: () => Promise.resolve({ ...context, ports, server, servers: [server] }),
  });
  return reporter.lines;
}

test('what is asked before a reference host is built is told in its place', async () => {
  const lines = await describeFor('v2.3.0');
  const at = lines.findIndex((line) => line.startsWith('note: # linux-amd64: where the plugin lists'));
  expect(lines[at]).toContain('`go list -e -mod=readonly` asks with the network');
  expect(lines[at + 1]).toMatch(/# linux-amd64: fetches what a reference host needs/);
  expect(lines[at + 2]).toMatch(/# linux-amd64: builds the reference host/);
});

test('nothing of it is told where no reference host is needed', async () => {
  expect((await describeFor('v3.0.0')).join('\n')).not.toContain('list -e');
});
