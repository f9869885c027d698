import type { Target } from '../build/target.js';
import type { Task } from '../ports.js';
import { asFailure, causeLines, reportedFailure } from '../report/failure.js';
import type { ReportedFailure } from '../report/report.js';
import type { BuildPorts } from './ports.js';

/** One target at work. */
export interface Job {
  readonly target: Target;
  readonly task: Task;
}

export type Attempt<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'failed'; readonly failure: ReportedFailure; readonly seconds: number };

/** Runs the work of one target as a task; what it throws becomes a result, so that other targets go on. */
export async function attempting<T>(
  target: Target,
  { ports }: { readonly ports: Pick<BuildPorts, 'reporter' | 'clock'> },
  work: (job: Job) => Promise<T>,
): Promise<Attempt<T>> {
  const task = ports.reporter.task(target.name);
  const begun = ports.clock.now();
  try {
    return { kind: 'done', value: await work({ target, task }) };
  } catch (error) {
    const failure = asFailure(error);
    task.fail(failure.what);
    for (const line of causeLines(failure)) ports.reporter.detail(line);
    return {
      kind: 'failed',
      failure: reportedFailure(failure),
      seconds: (ports.clock.now() - begun) / 1000,
    };
  }
}
