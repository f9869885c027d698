import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import { createBuildPorts } from './adapters/build-ports.js';
import { handleInterrupts } from './adapters/interrupt.js';
import { capPlugin, type CapResult, type CapRule, type CapServer } from './cap/cap.js';
import { unifiedDiff } from './cap/diff.js';
import { readSource, serverOfGoMod, type CapSource } from './cap/source.js';
import { capResultText } from './cap/text.js';
import { newTexts } from './cap/new-texts.js';
import { checkText, type NewText } from './cap/write.js';
import { Failure } from './errors.js';
import { parseModFile } from './go/modfile.js';
import { loadCatalog } from './gotify/catalog.js';
import { resolveServer } from './gotify/resolve.js';
import type { CommonOptions } from './options/options.js';
import { capByGo } from './pipeline/cap-by-go.js';
import type { BuildPorts } from './pipeline/ports.js';
import { WriteGate } from './pipeline/write-gate.js';
import { displayPath, locatePlugin, type PluginProject } from './plugin/project.js';
import type { Files, Reporter } from './ports.js';
import { commandLine, sharedFlags, type Tool } from './report/tool.js';

/** What the command `cap` was asked for. */
export interface CapOptions {
  /** As written. */
  readonly from: string;
  readonly to: string;
  readonly rule: CapRule;
  /** Nothing is written; a difference ends with 1. */
  readonly check: boolean;
  /** Nothing is written, the changes are shown as a diff. */
  readonly dryRun: boolean;
  readonly common: Pick<
    CommonOptions,
    'base' | 'package' | 'serverApiUrl' | 'token' | 'flags' | 'timeoutMinutes' | 'cacheDir'
  >;
}

export interface CapJob {
  readonly options: CapOptions;
  /** How it was started, for the command that it shows. */
  readonly tool: Tool;
  readonly reporter: Reporter;
  /** The folder of the shipped catalog, absolute. */
  readonly catalogDir: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Shows one line of our own when a signal comes. */
  readonly tell: (line: string) => void;
  /** Takes the result: a text for people, or with `dryRun` a diff that ends with a newline. */
  readonly out: (text: { readonly kind: 'text' | 'diff'; readonly text: string }) => void;
}

/** The go.mod to change; `project`: as the rule `full` needs it. */
type Plugin = Pick<PluginProject, 'goModFile' | 'goModText' | 'goSumText' | 'displayGoMod'>;

/**
 * Runs the command `cap` with the real effects.
 *
 * @returns 0, or 1 where `check` found a difference or a go.mod alone is not enough
 * @throws Failure
 */
export async function runCap(job: CapJob): Promise<0 | 1> {
  const interrupts = handleInterrupts(job.tell);
  const { options, reporter, catalogDir, env } = job;
  const ports = createBuildPorts({
    options: options.common,
    reporter,
    catalogDir,
    env,
    onClose: (cleanup) => interrupts.add(cleanup),
  });
  return interrupts.guard(asFlags(cap(job, ports)));
}

async function cap(job: CapJob, ports: BuildPorts): Promise<0 | 1> {
  const { options } = job;
  const gate = new WriteGate(ports);
  const { base } = options.common;
  const source = await readSource(options.from, base, ports);
  const goModFile = await goModAt(resolve(base, options.to), options, ports);
  if (options.rule === 'gomod-cap') {
    const project = await readPlugin(goModFile, base, ports);
    const server = await serverOf(source, job, ports);
    return finish({ project, server, result: await capPlugin({ rule: 'gomod-cap', project, server }) }, job, {
      gate,
      files: ports.files,
    });
  }
  const project = await locatePlugin(
    { path: dirname(goModFile), package: options.common.package, base, input: 'to' },
    ports.files,
  );
  const server = await serverOf(source, job, ports);
  return finish(
    { project, server, result: await capByGo({ project, server, options: options.common }, ports) },
    job,
    { gate, files: ports.files },
  );
}

async function serverOf(source: CapSource, job: CapJob, ports: BuildPorts): Promise<CapServer> {
  const { catalogDir, options } = job;
  if (source.kind === 'go.mod') return serverOfGoMod(source, options.rule, ports.files);
  const catalog = await loadCatalog(catalogDir, ports.files);
  return resolveServer(source.specifier, { ...ports, catalog, cacheDir: options.common.cacheDir });
}

interface Finished {
  readonly project: Plugin;
  readonly server: CapServer;
  readonly result: CapResult;
}

async function finish(
  finished: Finished,
  job: CapJob,
  { gate, files }: { readonly gate: WriteGate; readonly files: Files },
): Promise<0 | 1> {
  const { result, project, server } = finished;
  const { options } = job;
  const { check, dryRun, rule } = options;
  const texts = newTexts(project, result);
  if (dryRun) await showDiff(texts, job, files);
  else if (!check) await gate.write(texts);
  if (!dryRun || 'reasons' in result) {
    const mode = check || dryRun ? 'check' : 'write';
    const text = capResultText({
      result,
      rule,
      mode,
      server,
      file: project.displayGoMod,
      command: commandOf(job),
    });
    if (dryRun) job.reporter.note(text);
    else job.out({ kind: 'text', text });
  }
  const isDone = result.kind === 'same' || (result.kind === 'changed' && !check);
  return isDone ? 0 : 1;
}

/** Names start from where the user is, or where the module does not lie below it, from the module's folder. */
async function showDiff(
  texts: readonly (NewText & { readonly name: string })[],
  { out, reporter }: CapJob,
  files: Files,
): Promise<void> {
  // A diff of other bytes than the file has could not be applied.
  for (const text of texts) await checkText(text, files);
  const isBelow = texts.every(({ name }) => !isAbsolute(name) && !name.startsWith('../'));
  const named = isBelow ? texts : texts.map((text) => ({ ...text, name: basename(text.name) }));
  out({ kind: 'diff', text: await unifiedDiff(named.toReversed()) });
  const [first] = texts;
  if (isBelow || first === undefined) return;
  reporter.note(`Apply it in ${dirname(first.name)}: patch -p1, or git apply`);
}

function commandOf({ options, tool }: CapJob): string {
  const { from, to, rule, common } = options;
  return commandLine(tool, [
    'cap',
    ...['-from', from, '-to', to],
    ...(rule === 'full' ? [] : ['--rule', rule]),
    ...sharedFlags(common),
  ]);
}

/** `-to` is a folder with a go.mod, or a go.mod file; only gomod-cap's rule can do with a file of another name. */
async function goModAt(path: string, { to, rule }: CapOptions, { files }: BuildPorts): Promise<string> {
  const stat = await files.stat(path);
  const file = stat?.kind === 'folder' ? join(path, 'go.mod') : path;
  if (stat === null) throw noGoMod(`there is no file or folder ${to}`);
  if (rule === 'full' && basename(file) !== 'go.mod') {
    throw new Failure('input', {
      code: 'not-go-mod',
      what: `${to} is not called go.mod, and Go can tell what a plugin needs only of a go.mod among the plugin's files`,
      remedy: "Name the plugin's folder or its go.mod, or use --rule gomod-cap.",
      where: { kind: 'input', input: 'to' },
    });
  }
  return file;
}

/** As much of the plugin as gomod-cap's rule looks at. */
async function readPlugin(goModFile: string, base: string, { files }: BuildPorts): Promise<Plugin> {
  const displayGoMod = displayPath(base, goModFile);
  if ((await files.stat(goModFile))?.kind !== 'file') throw noGoMod(`there is no file ${displayGoMod}`);
  const goModText = await files.readText(goModFile);
  parseModFile(goModText, displayGoMod);
  return { goModFile, goModText, goSumText: null, displayGoMod };
}

function noGoMod(what: string): Failure {
  return new Failure('input', {
    code: 'no-go-mod',
    what,
    remedy: "Name the plugin's folder, where its go.mod is, or the go.mod itself.",
    where: { kind: 'input', input: 'to' },
  });
}

/** The core calls inputs by their names in a build; here two of them have gomod-cap's. */
async function asFlags<T>(work: Promise<T>): Promise<T> {
  const flags: Readonly<Record<string, string>> = { server: 'from', path: 'to' };
  try {
    return await work;
  } catch (error) {
    const input =
      error instanceof Failure && error.where?.kind === 'input' ? flags[error.where.input] : undefined;
    if (!(error instanceof Failure) || input === undefined) throw error;
    const { kind, code, what, remedy, cause } = error;
    throw new Failure(kind, { code, what, remedy, where: { kind: 'input', input }, cause });
  }
}
