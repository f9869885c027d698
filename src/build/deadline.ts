import type { Clock } from '../ports.js';
import type { Builder } from './builder.js';

/** When the time for one target is over, whatever steps it takes. */
export interface Deadline {
  /** What it was at the beginning. */
  readonly minutes: number;
  /** 0: it is over. */
  secondsLeft(): number;
}

export function startDeadline(minutes: number, clock: Clock): Deadline {
  const end = clock.now() + minutes * 60_000;
  return { minutes, secondsLeft: () => Math.max(0, (end - clock.now()) / 1000) };
}

/** The builder, every step of which has to be done before the deadline. */
export function withDeadline(builder: Builder, deadline: Deadline): Builder {
  return {
    kind: builder.kind,
    get recipe() {
      return builder.recipe;
    },
    doubt: () => builder.doubt(),
    prepare: (targets) => builder.prepare(targets),
    places: (workspace) => builder.places(workspace),
    modCache: (target) => builder.modCache(target),
    run: (step) => builder.run({ ...step, deadline }),
    describePreparation: (targets) => builder.describePreparation(targets),
    describe: (step) => builder.describe({ ...step, deadline }),
    close: () => builder.close(),
  };
}
