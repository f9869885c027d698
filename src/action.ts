import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { endWith } from './adapters/end-with.js';
import { readEvent } from './adapters/event.js';
import { openOutput, standardError, standardOutput } from './adapters/output.js';
import type { Warning } from './adapters/reporter-actions.js';
import { annotationCommands, command, inputText, placeOf } from './adapters/workflow-commands.js';
import { exitCodeOf, type Failure } from './errors.js';
import { inputs, type RawOptions } from './options/contract.js';
import type { Options } from './options/options.js';
import { optionsFrom } from './options/parse.js';
import { asFailure, causeLines, failureLines } from './report/failure.js';
import type { Report } from './report/json.js';
import { cloneOfAction, localTool } from './report/tool.js';

// The action: inputs, the job, outputs. What a bad input does not need is loaded after the inputs are read.

const { env } = process;
const workspace = env['GITHUB_WORKSPACE'] ?? process.cwd();
const root = join(import.meta.dirname, '..');
const catalogDir = join(root, 'catalog');

// Nobody can be told what stderr does not take.
const toStderr = openOutput(standardError, () => undefined);
const say = openOutput(standardOutput, (failure) => toStderr(`${failureLines(failure).join('\n')}\n`));

endWith(main());

async function main(): Promise<number> {
  let options: Options | null = null;
  let held: () => readonly Warning[] = () => [];
  try {
    const raw = readInputs();
    if (raw.token !== undefined && raw.token !== '') say(command('add-mask', raw.token));
    options = optionsFrom(raw, {
      entry: 'action',
      base: workspace,
      cores: availableParallelism(),
      env,
      platform: process.platform,
      event: () => readEvent(env),
      dryRun: false,
    });
    const [{ runJob }, { createActionsReporter }] = await Promise.all([
      import('./run-job.js'),
      import('./adapters/reporter-actions.js'),
    ]);
    const reporter = createActionsReporter({
      write: say,
      workspace,
      holdsWarnings: options.mode === 'check',
    });
    ({ held } = reporter);
    const report = await runJob({ options, reporter, catalogDir, env, tell: (line) => say(`${line}\n`) });
    held = () => [];
    await publish(report, { options, warned: reporter.held() });
    return report.exitCode;
  } catch (error) {
    return await failed(asFailure(error), { options, warned: held() });
  }
}

interface Published {
  readonly options: Options;
  readonly warned: readonly Warning[];
}

async function publish(report: Report, { options, warned }: Published): Promise<void> {
  if (report.mode === 'build' && options.mode === 'build') {
    const { publishReport } = await import('./adapters/action-results.js');
    await publishReport(report, { options, workspace, say });
  }
  if (report.mode === 'publish') {
    const { publishPublication } = await import('./adapters/action-results.js');
    await publishPublication(report, { options, say });
  }
  if (report.mode === 'check' && options.mode === 'check') {
    const { publishCheck } = await import('./adapters/check-results.js');
    const tool = cloneOfAction(env, localTool(join(root, 'dist', 'cli.js'), workspace));
    await publishCheck(report, { options, workspace, say, warned, tool });
  }
}

function readInputs(): RawOptions {
  return Object.fromEntries(inputs.map(({ name }) => [name, inputText(name, env)?.trim()]));
}

interface Unpublished {
  readonly options: Options | null;
  readonly warned: readonly Warning[];
}

async function failed(failure: Failure, { options, warned }: Unpublished): Promise<number> {
  say(command('error', failureLines(failure).join('\n'), placeOf(failure.where, workspace)));
  for (const line of causeLines(failure)) say(command('debug', line));
  if (warned.length > 0) {
    const all = warned.map(({ text, where = null }) => ({ name: 'warning', text, where }) as const);
    for (const text of annotationCommands(all, { workspace, rest: 'in the log' })) say(text);
  }
  if (options !== null) {
    const { publishFailure } = await import('./adapters/action-results.js');
    // The runner's files may be what failed: the exit code still has to be the failure's.
    await publishFailure(failure, options).catch((error: unknown) => {
      say(command('warning', `outputs and summary are not written: ${asFailure(error).what}`));
    });
  }
  return exitCodeOf(failure.kind);
}
