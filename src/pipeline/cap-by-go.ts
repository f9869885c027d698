import { chooseTargets } from '../build/choose-targets.js';
import { startDeadline, withDeadline } from '../build/deadline.js';
import { createHostBuilder } from '../build/host.js';
import { capPlugin, type CapResult, type CapServer } from '../cap/cap.js';
import type { CommonOptions } from '../options/options.js';
import type { PluginProject } from '../plugin/project.js';
import type { BuildPorts } from './ports.js';
import { openRun } from './run-dir.js';

/** Caps by the rule `full`: the server's Go on this machine is asked, in a scratch folder. Throws Failure as capPlugin. */
export async function capByGo(
  request: {
    readonly project: PluginProject;
    readonly server: CapServer;
    readonly options: Pick<CommonOptions, 'cacheDir' | 'timeoutMinutes' | 'flags'>;
  },
  ports: BuildPorts,
): Promise<CapResult> {
  const { project, server, options } = request;
  const { cacheDir, timeoutMinutes, flags } = options;
  const { env, files } = ports;
  const [target] = chooseTargets({ wanted: 'native', server, arch: ports.arch });
  if (target === undefined) throw new Error('a machine has one target');
  const run = await openRun(cacheDir, ports);
  const settings = { server, cacheDir, runDir: run.path, timeoutMinutes, env };
  const builder = createHostBuilder({ ...ports, settings });
  const close = async (): Promise<void> => {
    await builder.close();
    await run.close();
  };
  ports.onClose(close);
  try {
    ports.reporter.note(`Asking Go ${server.goVersion} which versions it selects, and to compile with them`);
    await builder.prepare([target]);
    const workDir = await run.folder('cap');
    const onLine = (line: string): void => ports.reporter.detail(line);
    const timed = withDeadline(builder, startDeadline(timeoutMinutes, ports.clock));
    const targets = chooseTargets({ wanted: 'all', server, arch: ports.arch });
    const asked = { project, server, builder: timed, target, targets, workDir, flags, files, onLine };
    return await capPlugin({ rule: 'full', ...asked });
  } finally {
    await close();
  }
}
