import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createFiles } from '../../../src/adapters/files.js';
import { optionsFrom } from '../../../src/options/parse.js';
import type { TargetContext } from '../../../src/pipeline/context.js';
import { openGroups } from '../../../src/pipeline/open-groups.js';
import { planGroups } from '../../../src/pipeline/plan-groups.js';
import { locatePlugin } from '../../../src/plugin/project.js';
import { catalogServer } from '../../support/host/server.js';
import { noBuilder, targetContext } from '../../support/target-context.js';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'open groups '));
});
afterEach(() => rmSync(dir, { recursive: true }));

/** Opens the group of v3.0.0 for a plugin with those go.mod lines, on a machine that has no compiler at all. */
async function open(lines: readonly string[]): Promise<TargetContext> {
  const base = join(dir, 'plugin');
  mkdirSync(base);
  writeFileSync(join(base, 'go.mod'), ['module example.com/p', 'go 1.20', ...lines, ''].join('\n'));
  const options = optionsFrom(
    { builder: 'host', 'cache-dir': join(dir, 'cache') },
    {
      ...{ entry: 'cli', base, cores: 1, env: { HOME: dir }, platform: 'linux', dryRun: false },
      event: () => ({}),
    },
  );
  if (options.mode !== 'build') throw new Error('a build was asked for');
  const context = await targetContext(noBuilder, dir);
  const project = await locatePlugin({ path: base, package: '.', base }, createFiles());
  const plan = planGroups([await catalogServer('v3.0.0')], { wanted: ['linux-amd64'], arch: 'x64' });
  const [group] = plan;
  if (group === undefined) throw new Error('one server makes one group');
  return openGroups(plan, { ...context, project, options }).open(group);
}

test('wrong input is told before anything is fetched or asked of the machine', async () => {
  const replace = 'replace example.org/lib => ../gone';
  await expect(open(['require example.org/lib v0.0.0', replace])).rejects.toMatchObject({
    kind: 'input',
    where: { kind: 'file', file: 'go.mod', line: 4 },
  });
});

test('with good input it is the machine that lacks something', async () => {
  await expect(open([])).rejects.toMatchObject({ kind: 'surroundings', code: 'missing-compiler' });
});
