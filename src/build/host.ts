import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Failure } from '../errors.js';
import { toolchainName } from '../go/version.js';
import type { Clock, CommandResult, Files, Runner } from '../ports.js';
import type {
  Builder,
  BuilderSettings,
  GoOutcome,
  GoStep,
  Places,
  Planned,
  PlannedCommand,
  Workspace,
} from './builder.js';
import { cachePaths, pinListKey, type CachePaths } from './cache.js';
import { readGoSettings, type GoSettings } from './go-settings.js';
import { findCompilers, type Compiler } from './host-compilers.js';
import { hostEnv } from './host-env.js';
import { hostFailure } from './host-failure.js';
import { limited, startLimited, type LimitedProcess } from './host-process.js';
import { stopped } from './stopped.js';
import { timedOutCode } from './timed-out.js';
import type { Target } from './target.js';
import {
  describeSearch,
  findToolchain,
  recallToolchain,
  type Toolchain,
  type ToolchainInstaller,
  type ToolchainSearch,
} from './toolchain.js';
import { checkMappable, toolexecArg } from './toolexec.js';

export interface HostRequest {
  readonly settings: BuilderSettings;
  readonly runner: Runner;
  readonly files: Files;
  readonly clock: Clock;
  readonly installer: ToolchainInstaller;
  readonly caller: { readonly uid: number };
  /** The machine's architecture as Node names it (`process.arch`). */
  readonly arch: string;
}

/** Go's names of architectures, where they are not Node's. */
const goArchs: Readonly<Record<string, string>> = { x64: 'amd64', ia32: '386' };
/** The verbs that compile, and so need the module cache's path mapped. */
const compiling = new Set(['build', 'install', 'list', 'run', 'test', 'vet']);

/**
 * Builds on this machine: the server's exact Go toolchain, Debian's cross compilers, and the module cache's path mapped
 * to the one in the server's build. It is no sandbox: what keeps a compile step from the network is Go's own settings.
 *
 * @throws Failure (input) for a cache folder whose path cannot be mapped
 */
export function createHostBuilder(request: HostRequest): Builder {
  return new HostBuilder(request);
}

class HostBuilder implements Builder {
  readonly kind = 'host';
  private readonly request: HostRequest;
  private readonly arch: string;
  private readonly compilers = new Map<string, Compiler>();
  /** By target: why it cannot be built, where others can. */
  private readonly refused = new Map<string, Failure>();
  /** The targets that Go can work for, as far as it compiles nothing. */
  private readonly ready = new Set<string>();
  private readonly running = new Set<LimitedProcess>();
  private finding: Promise<Toolchain> | null = null;
  private toolchain: Toolchain | null = null;
  private goSettings: Promise<GoSettings> | null = null;
  /** For --dry-run: what the caller's go is set to. */
  private plannedSettings: GoSettings = {};
  private readonly ending = new AbortController();

  constructor(request: HostRequest) {
    this.request = request;
    this.arch = goArchs[request.arch] ?? request.arch;
    checkMappable(request.settings.cacheDir);
  }

  async prepare(targets: readonly Target[]): Promise<void> {
    const missing = (await this.findCompilers(targets)).map(({ target }) => target);
    if (missing.length > 0) await this.refuse(missing, { of: targets });
    await this.prepareGo(targets.filter((target) => !missing.includes(target)));
  }

  /** Each is told all that is missing: it can be installed at once. */
  private async refuse(
    missing: readonly Target[],
    { of: targets }: { readonly of: readonly Target[] },
  ): Promise<void> {
    try {
      await this.compilersOf(missing);
    } catch (error) {
      if (!(error instanceof Failure) || missing.length === targets.length) throw error;
      for (const { name } of missing) this.refused.set(name, error);
    }
  }

  get recipe(): string {
    return `${toolexecArg()}${this.goName()}`;
  }

  places(workspace: Workspace): Places {
    const { module, pin, out, replaced } = workspace;
    return {
      module,
      pin,
      out,
      replaced: (index) => {
        const folder = replaced[index];
        if (folder === undefined) throw new Error(`the workspace has no replaced folder ${String(index)}`);
        return folder;
      },
    };
  }

  doubt(): string | null {
    const { goroot = '', unchecked = null } = this.toolchain ?? {};
    if (unchecked === null) return null;
    return `plugin and reference host are both built by the Go that is installed in ${goroot}, which may differ from the server's although it is called the same: ${unchecked}`;
  }

  modCache(target: Target): string {
    return this.caches(target).modCache;
  }

  async describePreparation(targets: readonly Target[]): Promise<readonly Planned[]> {
    const { files, settings } = this.request;
    const missing = await this.findCompilers(targets);
    const remarks = missing.map(({ failure: { what, remedy } }): Planned => ({
      kind: 'remark',
      text: `${what}. ${remedy}`,
    }));
    const [target] = targets;
    if (target === undefined) return [];
    this.plannedSettings = await readGoSettings(settings.env, files);
    const search = this.search(target);
    this.toolchain = await recallToolchain(search, this.request);
    return [...remarks, ...(this.toolchain === null ? describeSearch(search, this.plannedSettings) : [])];
  }

  describe(step: GoStep): readonly [PlannedCommand] {
    const { env, runDir } = this.request.settings;
    const scratch = join(runDir, 'step-RUN');
    const own = this.env(scratch, step, { env: {}, goSettings: {} });
    const all = this.env(scratch, step, { env, goSettings: this.plannedSettings });
    const passedOn = Object.keys(all).filter((name) => !(name in own));
    const { module: cwd } = step.workspace;
    return [{ kind: 'command', ...this.command(step), env: own, passedOn, cwd, about: null }];
  }

  async run(step: GoStep): Promise<GoOutcome> {
    const refused = this.refused.get(step.target.name);
    if (refused !== undefined) throw refused;
    // Go asks for a compiler only where it compiles.
    if (step.phase === 'compile' && !this.compilers.has(step.target.name)) await this.prepare([step.target]);
    else if (!this.ready.has(step.target.name)) await this.prepareGo([step.target]);
    if (this.closed) throw stopped();
    const { files, clock, settings } = this.request;
    const limit = this.secondsFor(step);
    const minutes = step.deadline?.minutes ?? settings.timeoutMinutes;
    if (limit === 0) return { kind: 'timed-out', minutes };
    const scratch = join(settings.runDir, `step-${randomUUID()}`);
    await files.makeDir(scratch);
    const begin = clock.now();
    try {
      const result = await this.runIn(scratch, step);
      return this.outcome(result, { seconds: (clock.now() - begin) / 1000, limit, minutes });
    } finally {
      await files.remove(scratch);
    }
  }

  private secondsFor({ deadline }: GoStep): number {
    return deadline?.secondsLeft() ?? this.request.settings.timeoutMinutes * 60;
  }

  async close(): Promise<void> {
    this.ending.abort();
    const search = this.finding?.catch(() => undefined);
    await Promise.all([search, ...[...this.running].map((process) => process.stop())]);
  }

  private get closed(): boolean {
    return this.ending.signal.aborted;
  }

  /** What a step takes that compiles nothing. */
  private async prepareGo(targets: readonly Target[]): Promise<void> {
    await this.findToolchain(targets);
    const { files } = this.request;
    for (const target of targets) {
      await files.makeDir(this.caches(target).buildCache);
      await files.makeDir(this.caches(target).modCache);
      this.ready.add(target.name);
    }
  }

  private async runIn(scratch: string, step: GoStep): Promise<CommandResult> {
    const { files, settings } = this.request;
    if (step.phase === 'download') this.goSettings ??= readGoSettings(settings.env, files);
    const goSettings = (await this.goSettings) ?? {};
    const process = startLimited(
      {
        ...this.command(step),
        env: this.env(scratch, step, { env: settings.env, goSettings }),
        cwd: step.workspace.module,
        scratch,
        ...(step.onLine === undefined ? {} : { onLine: step.onLine }),
      },
      this.request,
    );
    this.running.add(process);
    // A close that came while the folder was made has not seen this process.
    if (this.closed) await process.stop();
    try {
      return await process.done;
    } finally {
      this.running.delete(process);
    }
  }

  private outcome(
    result: CommandResult,
    {
      seconds,
      limit,
      minutes,
    }: { readonly seconds: number; readonly limit: number; readonly minutes: number },
  ): GoOutcome {
    if (this.closed) throw stopped();
    if (result.kind === 'not-found') throw new Error('there is no /bin/sh');
    const { exitCode, stdout, stderr } = result;
    if (exitCode === 0) return { kind: 'ok', stdout, stderr, seconds };
    const late = exitCode === 137 && seconds >= limit;
    if (exitCode === timedOutCode || late) return { kind: 'timed-out', minutes };
    const failure = hostFailure(result);
    if (failure !== null) throw failure;
    return { kind: 'failed', exitCode, stdout, stderr, seconds };
  }

  /** Gives the targets that this machine has no compiler for, and why. */
  private async findCompilers(
    targets: readonly Target[],
  ): Promise<readonly { readonly target: Target; readonly failure: Failure }[]> {
    const missing: { readonly target: Target; readonly failure: Failure }[] = [];
    for (const target of targets) {
      try {
        const [found = target.compiler] = await this.compilersOf([target]);
        this.compilers.set(target.name, found);
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        missing.push({ target, failure: error });
      }
    }
    return missing;
  }

  private compilersOf(targets: readonly Target[]): Promise<readonly Compiler[]> {
    const { settings, files } = this.request;
    return findCompilers({ targets, arch: this.arch, path: settings.env['PATH'] }, files);
  }

  private command(step: GoStep): { readonly program: string; readonly args: readonly string[] } {
    // Its own name, where nobody knows yet where it will be.
    const name = toolchainName(this.request.settings.server.goVersion);
    const program = this.toolchain === null ? name : join(this.toolchain.goroot, 'bin', 'go');
    return limited({ program, args: mapped(step), seconds: this.secondsFor(step) });
  }

  /** @param caller the caller's environment, and what the caller's go is set to */
  private env(
    scratch: string,
    { phase, target }: GoStep,
    caller: { readonly env: BuilderSettings['env']; readonly goSettings: GoSettings },
  ): Readonly<Record<string, string>> {
    const compiler = this.compilers.get(target.name) ?? target.compiler;
    return hostEnv({ ...caller, phase, target, caches: this.caches(target), scratch, compiler });
  }

  /** One search for all targets, also where several ask at once; a failed one is tried again. */
  private async findToolchain(targets: readonly Target[]): Promise<void> {
    const [target] = targets;
    if (target === undefined) return;
    this.finding ??= findToolchain(this.search(target), this.request);
    try {
      this.toolchain = await this.finding;
    } catch (error) {
      this.finding = null;
      throw error;
    }
  }

  private search(target: Target): ToolchainSearch {
    const { settings } = this.request;
    const { modCache } = this.caches(target);
    const { signal } = this.ending;
    return {
      signal,
      goVersion: settings.server.goVersion,
      arch: this.arch,
      // Beside the module cache, so that no other user's toolchain is ever run.
      folder: join(modCache, '..', 'toolchains'),
      modCache,
      env: settings.env,
      timeoutMinutes: settings.timeoutMinutes,
    };
  }

  private caches(target: Target): CachePaths {
    const { settings, caller } = this.request;
    return cachePaths({
      cacheDir: settings.cacheDir,
      builder: 'host',
      uid: caller.uid,
      goVersion: this.goName(),
      pinListKey: pinListKey(settings.server.pinList.modules),
      target: target.name,
    });
  }

  /**
   * Go's cache knows a released toolchain by its version alone: what an unchecked one compiled must not be taken for
   * the work of the one that the server was built with.
   */
  private goName(): string {
    const { goVersion } = this.request.settings.server;
    return (this.toolchain?.unchecked ?? null) === null ? goVersion : `${goVersion}-installed`;
  }
}

function mapped({ phase, args }: GoStep): readonly string[] {
  const [verb, ...rest] = args;
  if (verb === undefined || phase === 'download' || !compiling.has(verb)) return args;
  return [verb, toolexecArg(), ...rest];
}
