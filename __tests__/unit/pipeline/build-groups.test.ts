import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { stopped } from '../../../src/build/stopped.js';
import { buildGroups } from '../../../src/pipeline/build-groups.js';
import type { GroupResults } from '../../../src/pipeline/build-report.js';
import type { TargetContext } from '../../../src/pipeline/context.js';
import { planGroups } from '../../../src/pipeline/plan-groups.js';
import { pluginFileName } from '../../../src/pipeline/place.js';
import { catalogServer } from '../../support/host/server.js';
import { noBuilder, targetContext } from '../../support/target-context.js';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'build groups '));
});
afterEach(() => rmSync(dir, { recursive: true }));

describe('what an earlier run left', () => {
  type Open = (context: TargetContext, close: () => void) => TargetContext;

  /** Builds one target that an earlier run has built; `open`: how its group is opened. */
  async function build(
    closed: boolean,
    open: Open,
  ): Promise<{ results: Promise<GroupResults>; file: string }> {
    const context = await targetContext(noBuilder, dir);
    const server = await catalogServer('v3.0.0');
    const plan = planGroups([server], { wanted: ['linux-amd64'], arch: 'x64' });
    const { output } = context.options;
    const name = pluginFileName({
      ...{ name: context.project.name, target: 'linux-amd64' },
      version: 'v3.0.0',
    });
    mkdirSync(output);
    writeFileSync(join(output, name), 'good');
    let isClosed = closed;
    const groups = {
      open: () => Promise.resolve().then(() => open(context, () => (isClosed = true))),
      opened: () => [context],
      closed: () => isClosed,
      refusal: () => null,
      close: () => Promise.resolve(),
    };
    const results = buildGroups({ plan, groups, context, concurrency: 1, failFast: false });
    return { results, file: join(output, name) };
  }

  const refused: Open = () => {
    throw stopped();
  };

  test.each<[string, boolean, Open]>([
    ['before the target began', true, (context) => context],
    ['while its group was opened', false, (context, close) => (close(), context)],
    ['so that its group could not be opened', false, (context, close) => (close(), refused(context, close))],
  ])('stays where the run was stopped %s', async (_, closed, open) => {
    const { results, file } = await build(closed, open);
    await expect(results).rejects.toMatchObject({ code: 'stopped' });
    expect(existsSync(file)).toBe(true);
  });

  test('goes where the build failed by itself', async () => {
    const { results, file } = await build(false, refused);
    expect([...(await results).values()]).toMatchObject([[{ report: { kind: 'failed' } }]]);
    expect(existsSync(file)).toBe(false);
  });
});
