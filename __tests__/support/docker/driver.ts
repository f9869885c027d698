// A process that uses the Docker builder as the entries do, so that tests can start it as another user and kill it.
// Takes the path of a DriverRequest (JSON); writes one DriverEvent a line.
import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { readCaller } from '../../../src/adapters/caller.js';
import { createFiles } from '../../../src/adapters/files.js';
import { createRunner } from '../../../src/adapters/runner.js';
import type { Builder } from '../../../src/build/builder.js';
import { createDockerBuilder } from '../../../src/build/docker.js';
import { targetNames, targetOf } from '../../../src/build/target.js';
import { Failure } from '../../../src/errors.js';
import type { Reporter } from '../../../src/ports.js';

const requestSchema = v.object({
  cacheDir: v.string(),
  goVersion: v.string(),
  timeoutMinutes: v.number(),
  image: v.nullable(v.string()),
  target: v.picklist(targetNames),
  workspace: v.object({
    module: v.string(),
    pin: v.string(),
    out: v.string(),
    replaced: v.array(v.string()),
  }),
  steps: v.array(v.object({ phase: v.picklist(['download', 'compile']), args: v.array(v.string()) })),
});

/** What a driver is asked to do. */
export interface DriverRequest extends Omit<v.InferOutput<typeof requestSchema>, 'steps'> {
  readonly steps: readonly { readonly phase: 'download' | 'compile'; readonly args: readonly string[] }[];
}

const silent: Reporter = {
  note: () => undefined,
  warn: () => undefined,
  detail: () => undefined,
  task: () => ({ log: () => undefined, done: () => undefined, fail: () => undefined }),
};

function tell(event: Readonly<Record<string, unknown>>): void {
  process.stdout.write(`${JSON.stringify(event)}\n`);
}

function createBuilder({ cacheDir, goVersion, timeoutMinutes, image }: DriverRequest): Builder {
  const server = { version: 'v0.0.0', goVersion, pinList: { source: 'go.mod', modules: [] } } as const;
  return createDockerBuilder({
    settings: { server, cacheDir, runDir: cacheDir, timeoutMinutes, env: process.env },
    image,
    caller: readCaller(),
    runner: createRunner(),
    files: createFiles(),
    reporter: silent,
    clock: { now: Date.now },
  });
}

function closeOnSignal(builder: Builder): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      const begun = Date.now();
      void Promise.all([builder.close(), builder.close()]).then(() => {
        tell({ event: 'closed', milliseconds: Date.now() - begun });
        process.exit(130);
      });
    });
  }
}

async function main(path: string): Promise<void> {
  const request: DriverRequest = v.parse(requestSchema, JSON.parse(readFileSync(path, 'utf8')));
  const builder = createBuilder(request);
  closeOnSignal(builder);
  try {
    const target = targetOf(request.target);
    await builder.prepare([target]);
    tell({ event: 'prepared' });
    for (const step of request.steps) {
      const outcome = await builder.run({ ...step, target, workspace: request.workspace });
      tell({ event: 'outcome', outcome });
    }
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const { kind, code, what, remedy } = error;
    tell({ event: 'failure', kind, code, what, remedy });
  } finally {
    await builder.close();
  }
}

await main(process.argv[2] ?? '');
