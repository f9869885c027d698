import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import '../../support/build-timeout.js';
import { createBuildPorts } from '../../../src/adapters/build-ports.js';
import { optionsFrom } from '../../../src/options/parse.js';
import { runBuild } from '../../../src/pipeline/build.js';
import type { Command, Runner } from '../../../src/ports.js';
import { shellWord } from '../../../src/report/shell-word.js';
import { sharedCacheDir } from '../../support/host/cache.js';
import { createRecorder } from '../../support/recorder.js';

/** A build for v2.3.0, which takes a reference host, or its dry run: what was started, and what was told. */
async function build(
  output: string,
  dryRun: boolean,
): Promise<{ readonly started: readonly Command[]; readonly told: readonly string[] }> {
  const options = optionsFrom(
    {
      mode: 'build',
      path: 'examples/webhook',
      server: 'v2.3.0',
      targets: 'amd64',
      output,
      // Nothing listens there: the catalog serves.
      'server-api-url': 'http://127.0.0.1:9',
      'cache-dir': await sharedCacheDir(),
    },
    {
      entry: 'cli',
      base: process.cwd(),
      cores: 1,
      env: process.env,
      platform: process.platform,
      dryRun,
      event: () => null,
    },
  );
  if (options.mode !== 'build') throw new Error('a build was asked for');
  const reporter = createRecorder();
  const catalogDir = `${process.cwd()}/catalog`;
  const ports = createBuildPorts({
    options,
    reporter,
    catalogDir,
    env: process.env,
    onClose: () => undefined,
  });
  const started: Command[] = [];
  const runner: Runner = {
    run: (command) => {
      started.push(command);
      return ports.runner.run(command);
    },
  };
  expect(await runBuild(options, { ...ports, runner })).toMatchObject({ exitCode: 0 });
  return { started, told: reporter.lines };
}

/** Folders of one run have names of their own. */
function withoutRun(text: string): string {
  return text.replace(/\/runs\/[^/]+\//g, '/runs/RUN/').replace(/\/step-[0-9a-f-]{36}/g, '/step-RUN');
}

test('a dry run starts nothing, and prints what a build then starts, with its environment', async () => {
  const output = mkdtempSync(join(tmpdir(), 'gotify-plugin-build-dry-run-'));
  try {
    // Once before: where the toolchain is unknown, a dry run cannot say where it will be.
    await build(output, false);
    const { started: nothing, told } = await build(output, true);
    expect(nothing).toEqual([]);
    const { started } = await build(output, false);
    const verbs = new Set<string | undefined>();
    for (const { program, args, env } of started) {
      // The builder's steps are started by a script that waits for all of their processes.
      const guarded = args.indexOf('timeout');
      const words = guarded < 0 ? [program, ...args] : args.slice(guarded);
      verbs.add(words.find((word) => ['build', 'list', 'env'].includes(word)));
      const text = withoutRun(words.map(shellWord).join(' '));
      const printed = told.filter((line) => line.endsWith(` ${text}`));
      expect([text, printed.length > 0]).toEqual([text, true]);
      for (const [name, value] of Object.entries(env)) {
        const shown = ` ${name}=${withoutRun(shellWord(value))} `;
        const named = new RegExp(`^note: # .*; with your .*\\b${name}\\b`);
        expect([name, printed.some((line) => line.includes(shown) || named.test(line))]).toEqual([
          name,
          true,
        ]);
      }
    }
    expect([...verbs]).toContain('build');
    expect(told.some((line) => line.includes('/reference-host/'))).toBe(true);
  } finally {
    rmSync(output, { recursive: true });
  }
});
