import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Contents, Fault, LoggedRequest, ReleasesOptions } from './server.js';
import type { Change } from './state.js';

/** The releases double in a process of its own: it takes no time from a test that measures. */
export interface ReleasesProcess {
  readonly apiUrl: string;
  readonly uploadUrl: string;
  readonly objectsUrl: string;
  readonly repository: string;
  contents(): Promise<Contents>;
  requests(): Promise<readonly LoggedRequest[]>;
  changes(): Promise<readonly Change[]>;
  fail(fault: Fault | null): Promise<void>;
  close(): Promise<void>;
}

/** What the test asks of the process. */
export type Question =
  | { readonly kind: 'start'; readonly options: ReleasesOptions }
  | { readonly kind: 'contents' | 'requests' | 'changes' | 'close' }
  | { readonly kind: 'fail'; readonly fault: Fault | null };

export async function startReleasesProcess(options: ReleasesOptions = {}): Promise<ReleasesProcess> {
  const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
  const child = fork(path('main.ts'), [], {
    execArgv: [
      '--disable-warning=ExperimentalWarning',
      '--import',
      path('../../../scripts/typescript-imports.js'),
    ],
    serialization: 'advanced',
  });
  const places = (await ask(child, { kind: 'start', options })) as Places;
  return {
    ...places,
    contents: async () => (await ask(child, { kind: 'contents' })) as Contents,
    requests: async () => (await ask(child, { kind: 'requests' })) as readonly LoggedRequest[],
    changes: async () => (await ask(child, { kind: 'changes' })) as readonly Change[],
    fail: async (fault) => void (await ask(child, { kind: 'fail', fault })),
    close: async () => {
      const end = once(child, 'exit');
      await ask(child, { kind: 'close' });
      await end;
    },
  };
}

type Places = Pick<ReleasesProcess, 'apiUrl' | 'uploadUrl' | 'objectsUrl' | 'repository'>;

/** One question at a time: the answers carry no names. */
async function ask(child: ChildProcess, question: Question): Promise<unknown> {
  const ended = once(child, 'exit').then(() => Promise.reject(new Error('the double ended')));
  // Who waits for the answer no longer cares how the process ends.
  ended.catch(() => undefined);
  child.send(question);
  const [answer] = (await Promise.race([once(child, 'message'), ended])) as [unknown];
  return answer;
}
