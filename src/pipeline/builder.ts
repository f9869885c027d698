import { createDockerBuilder } from '../build/docker.js';
import { createHostBuilder } from '../build/host.js';
import type { Builder, BuilderSettings } from '../build/builder.js';
import type { ServerBuild } from '../gotify/server-build.js';
import type { BuildOptions } from '../options/options.js';
import type { BuildPorts } from './ports.js';
import type { RunDir } from './run-dir.js';

/** The builder that the options ask for, for one server. Nothing is started yet. */
export function createBuilder(request: {
  readonly options: Pick<BuildOptions, 'builder' | 'cacheDir' | 'image' | 'timeoutMinutes'>;
  readonly server: ServerBuild;
  readonly run: Pick<RunDir, 'path'>;
  readonly ports: BuildPorts;
}): Builder {
  const { options, server, run, ports } = request;
  const settings: BuilderSettings = {
    server,
    cacheDir: options.cacheDir,
    runDir: run.path,
    timeoutMinutes: options.timeoutMinutes,
    env: ports.env,
  };
  return options.builder === 'docker'
    ? createDockerBuilder({ ...ports, settings, image: options.image })
    : createHostBuilder({ ...ports, settings });
}
