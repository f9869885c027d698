import { join, resolve } from 'node:path';
import type { Builder, GoOutcome, Workspace } from '../build/builder.js';
import type { BuildFlags } from '../build/flags.js';
import { goBuildArgs } from '../build/go-args.js';
import type { Target } from '../build/target.js';
import { Failure } from '../errors.js';
import { parseModFile } from '../go/modfile.js';
import type { ServerBuild } from '../gotify/server-build.js';
import type { Change } from '../pin/change.js';
import { rewriteLocalReplaces, type LocalReplace } from '../pin/local-replaces.js';
import { pinModule } from '../pin/pin.js';
import { collectReplaced, type ReplacedFolders } from '../pin/replaced.js';
import { timedOut } from '../build/timed-out.js';
import { diagnoseCompile, diagnoseList, type DiagnosisContext } from '../plugin/diagnose.js';
import { listArgs, parseListing } from '../plugin/list.js';
import { united, type PluginListing } from '../plugin/listing.js';
import type { AskGo } from '../plugin/newest-fitting.js';
import type { PluginProject } from '../plugin/project.js';
import { tidyArgs } from '../plugin/tidy.js';
import { writeApiCheck } from '../plugin/write-api-check.js';
import { writeLowered } from '../plugin/write-lowered.js';
import type { Files } from '../ports.js';

/** As much of a server as a go.mod is capped to. */
export type CapServer = Pick<ServerBuild, 'version' | 'goVersion' | 'goMod' | 'goSum' | 'pinList'>;

/** What is asked of the server's Go. */
export interface GoRequest {
  readonly project: PluginProject;
  readonly server: CapServer;
  /** A host builder for that server: a local `replace` is read where it lies. */
  readonly builder: Builder;
  /** The one that is compiled. */
  readonly target: Target;
  /** All that the server's Go builds plugins for: what the plugin is made of is listed for each of them. */
  readonly targets: readonly Target[];
  /** A folder of this run's own; absolute. */
  readonly workDir: string;
  readonly flags: BuildFlags;
  readonly files: Files;
  /** Takes what Go says while it compiles, line by line. */
  readonly onLine?: (line: string) => void;
}

export interface ModTexts {
  readonly goMod: string;
  readonly goSum: string;
}

/** What is known of go.mod's modules when they are compiled; `changes`: of the author's go.mod. */
export interface Known {
  readonly listing: PluginListing;
  readonly changes: readonly Change[];
}

/** A folder that stands for a module; a build with `dependencies: pin` lowers its `go` line for itself. */
export interface NewerReplacement extends Pick<LocalReplace, 'dir' | 'modules' | 'line'> {
  readonly goLine: string;
}

/** The server's Go over a copy of go.mod and go.sum; the plugin's own files are never touched. */
export interface CapGo {
  /** `go mod tidy`. Null where it fails. */
  tryTidy(texts: ModTexts): Promise<ModTexts | null>;
  /** The same; throws the Failure that explains why it fails. `changes`: of the author's go.mod. */
  tidy(texts: ModTexts, changes: readonly Change[]): Promise<ModTexts>;
  /**
   * The packages that the plugin is made of, on all targets together. One that none of its files are for is left out;
   * throws the Failure of the target that is compiled.
   */
  list(texts: ModTexts): Promise<PluginListing>;
  /** The same; null where it fails. */
  tryList(texts: ModTexts): Promise<PluginListing | null>;
  /**
   * Why the plugin does not compile with exactly these modules, as a build with `dependencies: keep` would do it; null
   * where it does. Throws Failure where the surroundings fail.
   */
  compileFailure(texts: ModTexts, known: Known): Promise<Failure | null>;
  /**
   * Why the plugin cannot be put together with exactly the server's modules, as a build with `dependencies: pin` would
   * do it; null where it can.
   */
  pinnedFailure(): Promise<Failure | null>;
  /** The local replacements whose `go` line is newer than the server's Go. Throws Failure as collectReplaced. */
  newerReplacements(): Promise<readonly NewerReplacement[]>;
  /** What `go mod graph` prints. */
  graph(texts: ModTexts): Promise<string>;
  /** For other questions, such as which versions there are. */
  readonly ask: AskGo;
  /** The copy of go.mod as go sees it. */
  readonly modFile: string;
}

/** Opens a folder for go's work. */
export async function openGo(request: GoRequest): Promise<CapGo> {
  const { project, builder, target, workDir, files } = request;
  const workspace: Workspace = {
    module: project.moduleDir,
    pin: join(workDir, 'pin'),
    out: join(workDir, 'out'),
    replaced: localReplaces(project).map((dir) => resolve(project.moduleDir, dir)),
  };
  await files.makeDir(workspace.pin);
  await files.makeDir(workspace.out);
  return new GoOverCopy(request, workspace, (args) =>
    builder.run({ target, workspace, phase: 'download', args }),
  );
}

/** The folders that local replacements name, each once, as go.mod names them. */
function localReplaces({ goMod }: PluginProject): readonly string[] {
  return rewriteLocalReplaces(goMod.replaces, String).replaced.map(({ dir }) => dir);
}

class GoOverCopy implements CapGo {
  readonly modFile: string;

  constructor(
    private readonly request: GoRequest,
    private readonly workspace: Workspace,
    readonly ask: AskGo,
  ) {
    this.modFile = `${request.builder.places(workspace).pin}/go.mod`;
  }

  async tryTidy(texts: ModTexts): Promise<ModTexts | null> {
    return (await this.run(this.tidyArgs(texts), texts)).kind === 'ok' ? this.read() : null;
  }

  async tidy(texts: ModTexts, changes: readonly Change[]): Promise<ModTexts> {
    const outcome = await this.run(this.tidyArgs(texts), texts);
    if (outcome.kind === 'ok') return this.read();
    // What go says while it lists packages names files and lines; what it says while it tidies does not.
    const listed = await this.run(this.listArgs(), texts);
    throw await this.explained(listed.kind === 'ok' ? outcome : listed, changes);
  }

  async compileFailure(texts: ModTexts, known: Known): Promise<Failure | null> {
    const { builder, target, project, files, onLine } = this.request;
    const { workspace } = this;
    await this.write(texts);
    await writeApiCheck(project, { workspace, places: builder.places(workspace) }, files);
    const outcome = await builder.run({
      target,
      workspace,
      phase: 'compile',
      args: this.compileArgs(),
      ...(onLine === undefined ? {} : { onLine }),
    });
    if (outcome.kind === 'timed-out') throw timedOut(outcome.minutes, 'compiling');
    if (outcome.kind === 'ok') return null;
    const failure = await diagnoseCompile(outcome.stderr, this.context(known), this.ask);
    if (failure.kind === 'surroundings') throw failure;
    return failure;
  }

  async pinnedFailure(): Promise<Failure | null> {
    const { project, server, builder, files } = this.request;
    let replaced: ReplacedFolders;
    try {
      replaced = await this.replacedFolders('pin');
    } catch (error) {
      if (error instanceof Failure) return error;
      throw error;
    }
    const { folders, absent } = replaced;
    const workspace = { ...this.workspace, replaced: folders.map(({ path }) => path) };
    const places = builder.places(workspace);
    const pin = pinModule({
      goMod: project.goModText,
      file: project.displayGoMod,
      goSum: project.goSumText,
      server,
      replacedAt: (index) => places.replaced(index),
      absent: absent.map(({ dir }) => dir),
    });
    const overlay = await writeLowered(folders, { workspace, places }, files);
    const outcome = await this.run(this.listArgs({ overlay }), pin, { workspace });
    if (outcome.kind === 'ok') return null;
    const dirs = folders.map(({ dir }) => dir);
    return this.diagnosed(outcome, {
      ...this.context({ listing: null, changes: pin.changes }),
      places,
      replaced: dirs,
    });
  }

  async newerReplacements(): Promise<readonly NewerReplacement[]> {
    const { folders } = await this.replacedFolders('keep');
    return folders.flatMap(({ lowered, dir, modules, line }) =>
      lowered === null ? [] : [{ dir, modules, line, goLine: lowered.from }],
    );
  }

  private replacedFolders(dependencies: 'pin' | 'keep'): Promise<ReplacedFolders> {
    const { project, server, files } = this.request;
    const { goModText: goMod, displayGoMod: file, moduleDir } = project;
    return collectReplaced({ goMod, file, moduleDir, dependencies, server }, files);
  }

  async list(texts: ModTexts): Promise<PluginListing> {
    const outcome = await this.run(this.listArgs(), texts);
    if (outcome.kind === 'ok') return this.withOtherTargets(parseListing(outcome.stdout), texts);
    throw await this.explained(outcome, []);
  }

  async tryList(texts: ModTexts): Promise<PluginListing | null> {
    const outcome = await this.run(this.listArgs(), texts);
    return outcome.kind === 'ok' ? this.withOtherTargets(parseListing(outcome.stdout), texts) : null;
  }

  /** One after the other, as Go may complete go.mod while it lists. */
  private async withOtherTargets(native: PluginListing, texts: ModTexts): Promise<PluginListing> {
    const { target, targets } = this.request;
    const others: PluginListing[] = [];
    for (const other of targets) {
      if (other.name === target.name) continue;
      const outcome = await this.run(this.listArgs(), texts, { target: other });
      if (outcome.kind === 'ok') others.push(parseListing(outcome.stdout));
    }
    return united([native, ...others]);
  }

  async graph(texts: ModTexts): Promise<string> {
    const outcome = await this.run(['mod', 'graph', `-modfile=${this.modFile}`], texts);
    return outcome.kind === 'ok' ? outcome.stdout : '';
  }

  private tidyArgs({ goMod }: ModTexts): string[] {
    const goLine = parseModFile(goMod, this.request.project.displayGoMod).go?.version ?? null;
    return tidyArgs({ places: { pin: this.workspace.pin }, goLine });
  }

  private listArgs({ overlay = false }: { readonly overlay?: boolean } = {}): string[] {
    const { project, flags } = this.request;
    const { tags } = flags;
    return listArgs({ places: { pin: this.workspace.pin }, package: project.packageArg, tags, overlay });
  }

  private compileArgs(): string[] {
    const { project, builder, flags } = this.request;
    const places = builder.places(this.workspace);
    return goBuildArgs({
      places,
      modulePath: project.modulePath,
      package: project.packageArg,
      outFile: 'plugin.so',
      flags,
      overlay: true,
    });
  }

  private async run(
    args: string[],
    texts: ModTexts,
    {
      target = this.request.target,
      workspace = this.workspace,
    }: { target?: Target; workspace?: Workspace } = {},
  ): Promise<GoOutcome> {
    await this.write(texts);
    const outcome = await this.request.builder.run({ target, workspace, phase: 'download', args });
    if (outcome.kind === 'timed-out') throw timedOut(outcome.minutes, `go ${args.slice(0, 2).join(' ')}`);
    return outcome;
  }

  private async write({ goMod, goSum }: ModTexts): Promise<void> {
    const { files } = this.request;
    await files.write(join(this.workspace.pin, 'go.mod'), goMod);
    await files.write(join(this.workspace.pin, 'go.sum'), goSum);
  }

  private async read(): Promise<ModTexts> {
    const { files } = this.request;
    const goSum = join(this.workspace.pin, 'go.sum');
    return {
      goMod: await files.readText(join(this.workspace.pin, 'go.mod')),
      // Go removes a go.sum that would be empty.
      goSum: (await files.stat(goSum)) === null ? '' : await files.readText(goSum),
    };
  }

  /** Go looks for newer modules where the server's lack a package, and fails at those: the pin fails at the cause. */
  private async explained(outcome: GoOutcome, changes: readonly Change[]): Promise<Failure> {
    return (await this.pinnedFailure()) ?? this.failure(outcome, changes);
  }

  private failure(outcome: GoOutcome, changes: readonly Change[]): Promise<Failure> {
    return this.diagnosed(outcome, this.context({ listing: null, changes }));
  }

  private diagnosed(outcome: GoOutcome, context: DiagnosisContext): Promise<Failure> {
    return diagnoseList(outcome.kind === 'failed' ? outcome.stderr : '', context, this.ask);
  }

  private context(known: Pick<DiagnosisContext, 'listing' | 'changes'>): DiagnosisContext {
    const { project, server, builder, files } = this.request;
    return {
      project,
      server,
      ...known,
      places: builder.places(this.workspace),
      goMod: project.goMod,
      replaced: localReplaces(project),
      files,
    };
  }
}
