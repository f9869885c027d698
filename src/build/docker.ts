import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { Failure } from '../errors.js';
import type { Clock, Files, Reporter, Runner } from '../ports.js';
import type {
  Builder,
  BuilderSettings,
  GoOutcome,
  GoStep,
  Places,
  Planned,
  PlannedCommand,
} from './builder.js';
import { cachePaths, pinListKey, sourcesFolder, type CachePaths } from './cache.js';
import {
  clientEnvironment,
  containerPlaces,
  dockerRunArgs,
  downloadVariables,
  imageFor,
  plainEngine,
  type EngineTraits,
} from './docker-argv.js';
import {
  checkEmulation,
  createDockerClient,
  missingImages,
  ownerLabels,
  pullImage,
  probeEngine,
  removalArgs,
  removeOrphans,
  type DockerAnswer,
  type DockerClient,
  type Engine,
  type TrialContainer,
} from './docker-engine.js';
import { stepFailure, unreadableSource } from './docker-failure.js';
import { plannedPreparation, type PlannedArgs } from './docker-plan.js';
import {
  copyNetrc,
  findCertificates,
  findNetrc,
  giveCache,
  giveTree,
  netrcCopyName,
  removeDeadNetrcs,
  type Owner,
} from './docker-files.js';
import { startDeadline } from './deadline.js';
import type { Caller } from './owner.js';
import { stopped } from './stopped.js';
import type { Target } from './target.js';

export type { Caller } from './owner.js';

export interface DockerRequest {
  readonly settings: BuilderSettings;
  /** See Options.image. */
  readonly image: string | null;
  readonly caller: Caller;
  readonly runner: Runner;
  readonly files: Files;
  readonly reporter: Reporter;
  readonly clock: Clock;
  /** See createDockerClient. */
  readonly answerSeconds?: number;
}

/** `nobody`: runs the steps where the caller is root. */
const nobody: Owner = { uid: 65534, gid: 65534 };
/** Below the five seconds that a run has after SIGTERM. */
const closeMilliseconds = 4500;
const longestTimer = 2 ** 31 - 1;

/** The builder that runs each step in a container of the image that the server itself is built in. */
export function createDockerBuilder(request: DockerRequest): Builder {
  return new DockerBuilder(request);
}

class DockerBuilder implements Builder {
  readonly kind = 'docker';
  /** The image is as the server's own build has it. */
  readonly recipe = '';
  readonly #request: DockerRequest;
  readonly #client: DockerClient;
  /** For what no step has begun yet: it ends with the builder. */
  readonly #preparing: DockerClient;
  readonly #ending = new AbortController();
  /** Names this run's containers. */
  readonly #run: string;
  /** Labels them, ms since 1970. */
  readonly #since: number;
  /** The user in the container. */
  readonly #user: Owner;
  readonly #active = new Map<string, Promise<void>>();
  readonly #removing = new Set<Promise<void>>();
  /** By image: why its targets cannot be built, where those of another can. */
  readonly #refused = new Map<string, Failure>();
  #engine: EngineTraits = plainEngine;
  #started = 0;
  /** For --dry-run: steps that were described, and the caller's .netrc and certificates. */
  #described = 0;
  #plannedNetrc: string | null = null;
  #plannedCertificates: string | null = null;
  #closing: Promise<void> | null = null;

  constructor(request: DockerRequest) {
    const { caller, clock, runner, settings } = request;
    this.#request = request;
    const { env } = settings;
    const { answerSeconds } = request;
    const { signal } = this.#ending;
    this.#client = createDockerClient(runner, { env, answerSeconds });
    this.#preparing = createDockerClient(runner, { env, answerSeconds, signal });
    this.#user = caller.uid === 0 ? nobody : caller;
    this.#since = clock.now();
    const identity = JSON.stringify([caller, this.#since, settings.server.version]);
    this.#run = createHash('sha256').update(identity).digest('hex').slice(0, 12);
  }

  async prepare(targets: readonly Target[]): Promise<void> {
    const work = this.#prepare(targets);
    this.#inBackground(work);
    await work;
  }

  async #prepare(targets: readonly Target[]): Promise<void> {
    const { caller, clock, files, reporter, settings } = this.#request;
    const here = { caller, now: clock.now(), files };
    const images = [...new Set(targets.map((target) => this.#image(target)))];
    // Each question costs a start of the docker command: they are asked side by side.
    const [engine, missing] = await Promise.all([
      probeEngine(this.#preparing),
      missingImages(images, this.#preparing),
      removeDeadNetrcs(this.#netrcFolder(), here),
    ]);
    this.#engine = engine;
    this.#inBackground(removeOrphans(this.#client, here));
    const pull = { client: this.#preparing, reporter, minutes: settings.timeoutMinutes };
    for (const image of images) {
      await this.#noting(image, async () => {
        if (missing.includes(image)) await pullImage(image, pull);
        await this.#tryOut(image, engine);
      });
    }
    const [first] = images.flatMap((image) => this.#refused.get(image) ?? []);
    if (first !== undefined && images.every((image) => this.#refused.has(image))) throw first;
  }

  /** One image that cannot be had keeps nobody from building with the others. */
  async #noting(image: string, work: () => Promise<void>): Promise<void> {
    this.#refused.delete(image);
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Failure) || this.#ending.signal.aborted) throw error;
      this.#refused.set(image, error);
    }
  }

  async #tryOut(image: string, engine: Engine): Promise<void> {
    const trial = this.#trial(image);
    try {
      await this.#whileActive(trial.name, checkEmulation(engine, trial, this.#preparing));
    } catch (error) {
      // One that nobody waited for any longer may still be there.
      this.#inBackground(this.#client.docker(removalArgs([trial.name])));
      throw error;
    }
  }

  doubt(): null {
    return null;
  }

  places(): Places {
    return containerPlaces;
  }

  modCache(target: Target): string {
    return this.#caches(target).modCache;
  }

  async describePreparation(targets: readonly Target[]): Promise<readonly Planned[]> {
    const { caller, files, settings } = this.#request;
    this.#plannedNetrc = await findNetrc(settings.env, files);
    this.#plannedCertificates = await findCertificates(settings.env, files);
    const images = [...new Set(targets.map((target) => this.#image(target)))];
    const trials = images.map((image) => this.#trial(image));
    return plannedPreparation({ trials, caller }).map((each) => this.#planned(each));
  }

  describe(step: GoStep): readonly [PlannedCommand, PlannedCommand] {
    this.#described += 1;
    const name = this.#name(step, this.#described);
    const isCopied = this.#plannedNetrc !== null && this.#handsOver();
    const copy = join(this.#netrcFolder(), netrcCopyName(this.#request.caller, name));
    const netrc = isCopied ? copy : this.#plannedNetrc;
    const certificates = this.#plannedCertificates;
    return [
      this.#planned({ args: this.#args(step, { name, netrc, certificates }), about: null }, step.phase),
      this.#planned({ args: removalArgs([name]), about: 'however that ended' }),
    ];
  }

  #planned({ args, about }: PlannedArgs, phase: GoStep['phase'] = 'compile'): PlannedCommand {
    const { env } = this.#request.settings;
    const passedOn = Object.keys(clientEnvironment(env, phase === 'download' ? downloadVariables(env) : []));
    return { kind: 'command', program: 'docker', args, env: {}, passedOn, cwd: null, about };
  }

  async run(step: GoStep): Promise<GoOutcome> {
    if (this.#closing !== null) throw stopped();
    const refused = this.#refused.get(this.#image(step.target));
    if (refused !== undefined) throw refused;
    this.#started += 1;
    const name = this.#name(step, this.#started);
    return this.#whileActive(name, this.#runNamed(step, name));
  }

  /** Close removes the container of that name until its work has ended. */
  async #whileActive<T>(name: string, work: Promise<T>): Promise<T> {
    const ended = work.then(
      () => undefined,
      () => undefined,
    );
    this.#active.set(name, ended);
    try {
      return await work;
    } finally {
      this.#active.delete(name);
    }
  }

  close(): Promise<void> {
    this.#closing ??= this.#stop();
    return this.#closing;
  }

  async #stop(): Promise<void> {
    const { clock } = this.#request;
    const deadline = clock.now() + closeMilliseconds;
    const left = (): number => Math.max(0, deadline - clock.now());
    this.#ending.abort();
    // Once is not enough: a container may come into being just after it was looked for.
    while (this.#active.size > 0 && left() > 0) {
      await Promise.race([this.#client.docker(removalArgs([...this.#active.keys()])), pause(left())]);
      await Promise.race([Promise.all(this.#active.values()), pause(200)]);
    }
    await Promise.race([Promise.all(this.#removing), pause(left())]);
  }

  async #runNamed(step: GoStep, name: string): Promise<GoOutcome> {
    const { clock, settings } = this.#request;
    const { minutes, secondsLeft } = step.deadline ?? startDeadline(settings.timeoutMinutes, clock);
    await this.#openFolders(step);
    const netrc = await this.#netrc(step, name);
    const certificates = await findCertificates(settings.env, this.#request.files);
    const begun = clock.now();
    const limit = this.#limit(name, secondsLeft());
    try {
      if (this.#closing !== null) throw stopped();
      if (secondsLeft() === 0) return { kind: 'timed-out', minutes };
      const args = this.#args(step, { name, netrc: netrc.path, certificates });
      const answer = await this.#start(step, args, secondsLeft());
      if (this.#closing !== null) throw stopped();
      if (limit.expired()) return { kind: 'timed-out', minutes };
      return await this.#outcome({ step, name, answer, seconds: (clock.now() - begun) / 1000 });
    } finally {
      limit.stop();
      this.#inBackground(this.#client.docker(removalArgs([name])));
      await netrc.remove();
      await this.#handOver(step);
    }
  }

  /** What close waits for, and what fails no build by itself: tidying, and what still ends. */
  #inBackground(work: Promise<unknown>): void {
    const removing = work.then(
      () => undefined,
      () => undefined,
    );
    this.#removing.add(removing);
    void removing.then(() => this.#removing.delete(removing));
  }

  /** Where not even killing the container ends its client, the engine hangs: nothing is waited for then. */
  async #start(step: GoStep, args: readonly string[], seconds: number): Promise<DockerAnswer> {
    const { phase, onLine } = step;
    const passedOn = phase === 'download' ? downloadVariables(this.#request.settings.env) : [];
    return this.#client.docker(args, {
      seconds: seconds + this.#client.answerSeconds,
      passedOn,
      ...(onLine === undefined ? {} : { onLine }),
    });
  }

  async #outcome(end: {
    readonly step: GoStep;
    readonly name: string;
    readonly answer: DockerAnswer;
    readonly seconds: number;
  }): Promise<GoOutcome> {
    const { exitCode, stdout, stderr } = end.answer;
    if (exitCode === 0) return { kind: 'ok', stdout, stderr, seconds: end.seconds };
    const outOfMemory = await this.#ranOutOfMemory(end.name);
    const failure = stepFailure({
      image: this.#image(end.step.target),
      exitCode,
      stdout,
      stderr,
      outOfMemory,
    });
    const unreadable = this.#request.caller.uid === 0 ? unreadableSource(`${stdout}\n${stderr}`) : null;
    if (failure !== null || unreadable !== null) throw failure ?? unreadable;
    return { kind: 'failed', exitCode, stdout, stderr, seconds: end.seconds };
  }

  async #ranOutOfMemory(name: string): Promise<boolean | null> {
    const state = await this.#client.docker(['inspect', '--format', '{{.State.OOMKilled}}', name]);
    return state.exitCode === 0 ? state.stdout.trim() === 'true' : null;
  }

  /** Kills the container when its time is over; again each second, as it may not have been there yet. */
  #limit(name: string, seconds: number): { expired(): boolean; stop(): void } {
    let expired = false;
    let timer: NodeJS.Timeout | undefined;
    let ended = false;
    const kill = async (): Promise<void> => {
      expired = true;
      await this.#client.docker(['kill', name]).catch(() => undefined);
      if (!ended) timer = setTimeout(() => void kill(), 1000);
    };
    timer = setTimeout(() => void kill(), Math.min(seconds * 1000, longestTimer));
    return {
      expired: () => expired,
      stop: () => {
        ended = true;
        clearTimeout(timer);
      },
    };
  }

  /** Makes the folders that will be mounted, and lets the container's user write where it has to. */
  async #openFolders({ target, workspace }: GoStep): Promise<void> {
    const { files, settings } = this.#request;
    const caches = this.#caches(target);
    for (const folder of [caches.modCache, caches.buildCache]) {
      await files.makeDir(folder);
      if (this.#handsOver()) await giveCache(folder, this.#user, files);
    }
    if (!this.#handsOver()) return;
    const { module, pin, out } = workspace;
    // A reference host's module is of our making, and so is the source that a follower lays out.
    const ours = [settings.runDir, join(settings.cacheDir, sourcesFolder)];
    const own = ours.some((folder) => module.startsWith(`${folder}/`)) ? [module] : [];
    for (const folder of [pin, out, ...own]) await giveTree(folder, this.#user, files);
  }

  async #handOver({ phase, workspace }: GoStep): Promise<void> {
    const { caller, files } = this.#request;
    if (phase === 'compile' && this.#handsOver()) await giveTree(workspace.out, caller, files);
  }

  /** The container's user is another one than the caller. */
  #handsOver(): boolean {
    return this.#user !== this.#request.caller && !this.#engine.rootless;
  }

  async #netrc(
    step: GoStep,
    name: string,
  ): Promise<{ readonly path: string | null; remove(): Promise<void> }> {
    const { caller, files, settings } = this.#request;
    const netrc = step.phase === 'download' ? await findNetrc(settings.env, files) : null;
    if (netrc === null || !this.#handsOver()) return { path: netrc, remove: async () => undefined };
    const copy = join(this.#netrcFolder(), netrcCopyName(caller, name));
    return {
      path: await copyNetrc({ netrc, copy, owner: this.#user }, files),
      remove: () => files.remove(copy),
    };
  }

  #netrcFolder(): string {
    return join(dirname(this.#caches({ name: 'linux-amd64' }).modCache), 'netrc');
  }

  #args(
    step: GoStep,
    own: { readonly name: string; readonly netrc: string | null; readonly certificates: string | null },
  ): readonly string[] {
    const { settings } = this.#request;
    const { phase, workspace, args } = step;
    return dockerRunArgs({
      ...own,
      labels: this.#labels(),
      image: this.#image(step.target),
      phase,
      user: this.#user,
      engine: this.#engine,
      workspace,
      caches: this.#caches(step.target),
      passedOn: downloadVariables(settings.env),
      args,
    });
  }

  #labels(): Readonly<Record<string, string>> {
    return { run: this.#run, ...ownerLabels(this.#request.caller, this.#since) };
  }

  /** A container has no name of an image's letters. */
  #trial(image: string): TrialContainer {
    const digest = createHash('sha256').update(image).digest('hex').slice(0, 12);
    return { name: `gotify-plugin-build-${this.#run}-try-${digest}`, labels: this.#labels(), image };
  }

  #name(step: GoStep, count: number): string {
    return `gotify-plugin-build-${this.#run}-${step.target.name}-${step.phase}-${String(count)}`;
  }

  #image(target: Target): string {
    const { image, settings } = this.#request;
    return imageFor({ template: image, goVersion: settings.server.goVersion, target });
  }

  #caches({ name }: Pick<Target, 'name'>): CachePaths {
    const { cacheDir, server } = this.#request.settings;
    return cachePaths({
      cacheDir,
      builder: 'docker',
      uid: this.#user.uid,
      goVersion: server.goVersion,
      pinListKey: pinListKey(server.pinList.modules),
      target: name,
    });
  }
}

/** Does not keep the process alive. */
function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds).unref();
  });
}
