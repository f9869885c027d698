import { createDockerBuilder } from '../build/docker.js';
import { createHostBuilder } from '../build/host.js';
import type { Builder, BuilderSettings } from '../build/builder.js';
import type { ServerBuild } from '../gotify/server-build.js';
import type { BuildOptions } from '../options/options.js';
import type { BuildPorts } from './ports.js';

/** The builder that the options ask for, for one server. Nothing is started yet. */
export function createBuilder(request: {
  readonly options: Pick<BuildOptions, 'builder' | 'cacheDir' | 'image' | 'timeoutMinutes'>;
  readonly server: ServerBuild;
  readonly ports: BuildPorts;
}): Builder {
  const { options, server, ports } = request;
  const settings: BuilderSettings = {
    server,
    cacheDir: options.cacheDir,
    timeoutMinutes: options.timeoutMinutes,
    env: ports.env,
  };
  return options.builder === 'docker'
    ? createDockerBuilder({ ...ports, settings, image: options.image })
    : createHostBuilder({ ...ports, settings });
}
