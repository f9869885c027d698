import { emulationArgs, infoArgs, inspectArgs, orphanArgs, pullArgs } from './docker-engine.js';
import type { Caller } from './owner.js';

/** The arguments of `docker`, and what for. */
export interface PlannedArgs {
  readonly args: readonly string[];
  readonly about: string | null;
}

/** What the docker builder asks of an engine before its steps, each with its reason. */
export function plannedPreparation(request: {
  readonly images: readonly string[];
  readonly caller: Caller;
}): readonly PlannedArgs[] {
  const { images, caller } = request;
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
    ...images.flatMap((image) => [
      { args: inspectArgs(image), about: 'whether the image is there' },
      { args: pullArgs(image), about: 'where it is not' },
      { args: emulationArgs(image), about: 'where the machine is not amd64' },
    ]),
  ];
}
