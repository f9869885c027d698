import {
  emulationArgs,
  infoArgs,
  inspectArgs,
  orphanArgs,
  pullArgs,
  type TrialContainer,
} from './docker-engine.js';
import type { Caller } from './owner.js';

/** The arguments of `docker`, and what for. */
export interface PlannedArgs {
  readonly args: readonly string[];
  readonly about: string | null;
}

/** What the docker builder asks of an engine before its steps, each with its reason. */
export function plannedPreparation(request: {
  /** Each image, in what it is tried. */
  readonly trials: readonly TrialContainer[];
  readonly caller: Caller;
}): readonly PlannedArgs[] {
  const { trials, caller } = request;
  return [
    {
      args: infoArgs,
      about:
        'the engine: a rootless one, one that remaps users, and SELinux change --user, --userns and --security-opt below',
    },
    {
      args: orphanArgs(caller),
      about: 'containers of runs that were killed: those whose process is gone are removed',
    },
    ...trials.flatMap((trial) => [
      { args: inspectArgs(trial.image), about: 'whether the image is there' },
      { args: pullArgs(trial.image), about: 'where it is not' },
      { args: emulationArgs(trial), about: 'where the machine is not amd64' },
    ]),
  ];
}
