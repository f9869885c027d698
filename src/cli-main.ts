import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { CapLine } from './adapters/cap-command-line.js';
import { readCommandLine, type JobLine } from './adapters/command-line.js';
import { endWith } from './adapters/end-with.js';
import { readEvent } from './adapters/event.js';
import type * as cliJob from './cli-job.js';
import type { ClosableReporter } from './adapters/reporter-actions.js';
import { isTerminal, openOutput, standardError, standardOutput } from './adapters/output.js';
import { printable } from './adapters/printable.js';
import { exitCodeOf, type Failure } from './errors.js';
import type { CheckOptions, CommonOptions, Options } from './options/options.js';
import { checkOptionsFrom, optionsFrom, type ParseContext } from './options/parse.js';
import { asFailure, causeLines, failureLines } from './report/failure.js';
import type { Report } from './report/json.js';
import { localTool, type Tool } from './report/tool.js';

// The command line: flags, the job, what it prints. What a bad flag does not need is loaded after the flags are read.

const { env } = process;
const root = join(import.meta.dirname, '..', '..');

// Nobody can be told what stderr does not take.
const toStderr = openOutput(standardError, () => undefined);
const toStdout = openOutput(standardOutput, (failure) => void failed(failure, false));

endWith(main());

async function main(): Promise<number> {
  let verbose = false;
  try {
    const line = readCommandLine(process.argv.slice(2), root);
    if (line.kind === 'answered') return answered(line.text);
    verbose = line.verbose;
    switch (line.kind) {
      case 'job':
        return await job(line);
      case 'cap':
        return await cap(line, checkOptionsFrom(line.raw, context(line.dryRun)));
      case 'versions':
        return await versions(checkOptionsFrom(line.raw, context(false)), verbose);
    }
  } catch (error) {
    return failed(asFailure(error), verbose);
  }
}

type Loaded = typeof cliJob;

function answered(text: string): 0 {
  toStdout(text);
  return 0;
}

function context(dryRun: boolean): ParseContext {
  return {
    entry: 'cli',
    base: process.cwd(),
    cores: availableParallelism(),
    env,
    platform: process.platform,
    event: () => readEvent(env),
    dryRun,
  };
}

async function job({ raw, dryRun, verbose }: JobLine): Promise<number> {
  const options = optionsFrom(raw, context(dryRun));
  const loaded = await import('./cli-job.js');
  const reporter = await openReporter(verbose, loaded);
  const report = await loaded.runJob({
    options,
    reporter,
    catalogDir: join(root, 'catalog'),
    env,
    tell: err,
  });
  if (!dryRun) out(printable(await textOf(report, options)));
  return report.exitCode;
}

async function cap(line: CapLine, common: CommonOptions): Promise<number> {
  const [{ runCap }, { createPlainReporter }] = await Promise.all([
    import('./run-cap.js'),
    import('./adapters/reporter-plain.js'),
  ]);
  // A diff goes to stdout alone, so that it can be piped.
  const reporter = createPlainReporter({ out: line.dryRun ? err : out, err, verbose: line.verbose });
  return runCap({
    options: { ...line, common },
    tool: ownTool(),
    reporter,
    catalogDir: join(root, 'catalog'),
    env,
    tell: err,
    out: ({ kind, text }) => {
      toStdout(kind === 'text' || isTerminal(standardOutput) ? ended(printable(text)) : text);
    },
  });
}

async function versions(options: CheckOptions, verbose: boolean): Promise<number> {
  const [{ runVersions }, { createPlainReporter }] = await Promise.all([
    import('./run-versions.js'),
    import('./adapters/reporter-plain.js'),
  ]);
  const reporter = createPlainReporter({ out: err, err, verbose });
  out(printable(await runVersions({ options, reporter, catalogDir: join(root, 'catalog'), env })));
  return 0;
}

function ended(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}

async function textOf(report: Report, options: Options): Promise<string> {
  switch (report.mode) {
    case 'build':
      return (await import('./report/text.js')).reportText(report);
    case 'check': {
      if (options.mode !== 'check') throw new Error('only a check reports one');
      const { checkText } = await import('./report/check-text.js');
      return checkText(report, { tool: ownTool(), options });
    }
    case 'publish':
      return (await import('./report/publish-text.js')).publishText(report);
  }
}

/** How this was started, for commands that are shown. */
function ownTool(): Tool {
  return localTool(join(root, 'dist', 'cli.js'), process.cwd());
}

async function openReporter(verbose: boolean, { createPlainReporter }: Loaded): Promise<ClosableReporter> {
  if (canDraw() && !verbose) {
    const { createTerminalReporter } = await import('./adapters/reporter-terminal.js');
    return createTerminalReporter({ out, err });
  }
  return createPlainReporter({ out, err, verbose });
}

/** Some terminals can move no cursor, or do not know how wide they are. */
function canDraw(): boolean {
  return isTerminal(standardOutput) && process.stdout.columns > 0 && env['TERM'] !== 'dumb';
}

function failed(failure: Failure, verbose: boolean): number {
  const [what = '', remedy = ''] = failureLines(failure);
  err(printable(`error: ${what}`));
  err(printable(remedy));
  if (verbose) for (const line of causeLines(failure)) err(printable(line));
  return exitCodeOf(failure.kind);
}

function out(line: string): void {
  toStdout(`${line}\n`);
}

function err(line: string): void {
  toStderr(`${line}\n`);
}
