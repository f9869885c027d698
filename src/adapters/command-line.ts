import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError, Option } from 'commander';
import { Failure } from '../errors.js';
import { defineCap, withGoFlags, type CapLine } from './cap-command-line.js';
import {
  inputs,
  modes,
  type InputKind,
  type InputName,
  type InputSpec,
  type Mode,
  type RawOptions,
} from '../options/contract.js';

/** A mode; `raw` names it. */
export interface JobLine {
  readonly kind: 'job';
  readonly raw: RawOptions;
  readonly dryRun: boolean;
  readonly verbose: boolean;
}

export type CommandLine =
  | JobLine
  | CapLine
  | { readonly kind: 'versions'; readonly raw: RawOptions; readonly verbose: boolean }
  /** `--help` or `--version`: printed already. */
  | { readonly kind: 'answered'; readonly exitCode: 0 };

/** What the exit codes 0 and 1 mean. */
interface Ends {
  readonly good: string;
  readonly bad: string;
}

const doesNotLoad = 'the plugin does not build, or will not load, or it could not be decided';

const exitCodesHelp = ({ good, bad }: Ends): string => `
Exit codes:
  0  ${good}
  1  ${bad}
  2  bad input
  3  the surroundings failed: engine, network, GitHub, disk`;

/**
 * Reads a command line.
 *
 * @param args what follows the program's name
 * @param root the folder of package.json, for --version; absolute
 * @throws Failure (input, `bad-command-line`) for an unknown command or flag, or a flag without its value
 */
export function readCommandLine(args: readonly string[], root: string): CommandLine {
  let line: CommandLine = { kind: 'answered', exitCode: 0 };
  const program = quietCommand(new Command('gotify-plugin-build'))
    .description('Builds gotify plugins that load: pinned to a gotify server, and proven against it.')
    .addHelpText('after', exitCodesHelp({ good: 'every file loads; nothing conflicts', bad: doesNotLoad }));
  // Reading package.json is left to those who ask.
  program.option('--version', 'print the version').on('option:version', () => {
    process.stdout.write(`${versionIn(root)}\n`);
    throw new CommanderError(0, 'commander.version', '');
  });
  for (const mode of modes) {
    const command = quietCommand(program.command(mode))
      .description(descriptions[mode].does)
      .addHelpText('after', exitCodesHelp(descriptions[mode]))
      .action((values: Record<string, unknown>) => {
        const { dryRun, verbose } = values;
        const raw = { ...rawOptions(values), mode };
        line = { kind: 'job', raw, dryRun: dryRun === true, verbose: verbose === true };
      });
    // Making all flags of all commands takes a millisecond or two.
    if (!args.includes(mode)) continue;
    for (const input of inputs) if (hasFlag(input, mode)) command.addOption(optionOf(input));
    if (mode === 'build')
      command.option('--dry-run', 'print every command of the build as a shell reads it, and run none');
    command.option('--verbose', 'show details, all output of builds, and the causes of errors');
  }
  defineCap(quietCommand(program.command('cap')), (cap) => {
    line = cap;
  });
  const versions = quietCommand(program.command('versions'))
    .description('List gotify servers with their Go version, and which of them one plugin file serves.')
    .action((values: Record<string, unknown>) => {
      // Servers are named as for a check.
      const raw = { server: listedServers.default.cli, ...rawOptions(values) };
      line = { kind: 'versions', raw, verbose: values['verbose'] === true };
    });
  for (const input of inputsOfVersions()) versions.addOption(optionOf(input));
  versions.option('--verbose', 'show details, and the causes of errors');
  return parse(program, withGoFlags(args), () => line);
}

const descriptions: Readonly<Record<Mode, Ends & { readonly does: string }>> = {
  build: {
    does: 'Build the plugin and prove that each file loads.',
    good: 'every file loads (with --verify off: was built), and is where it was to go',
    bad: doesNotLoad,
  },
  check: {
    does: 'Say what keeps the plugin from fitting gotify servers, and where.',
    good: 'no conflict was found',
    bad: 'a conflict, or it could not be decided; with --strict also drift\n     that the base does not have (without a base: any)',
  },
  publish: {
    does: 'Prove the files of earlier builds again, and send them to a release.',
    good: 'every file loads, and is where it was to go',
    bad: doesNotLoad,
  },
};

/** What `versions` shares with the modes; it builds nothing, and lists every server unless some are named. */
function inputsOfVersions(): readonly InputSpec[] {
  const shared: ReadonlySet<InputName> = new Set(['server', 'server-api-url', 'cache-dir', 'token']);
  const specs: readonly InputSpec[] = inputs.filter(({ name }) => shared.has(name));
  return specs.map((spec) => (spec.name === 'server' ? { ...spec, ...listedServers } : spec));
}

const listedServers = {
  description:
    'The gotify servers to list: `all`, those of a range (`all:>=2.6`), a version (`v2.9.1`), a part of one (`2.9`) or `latest`, a branch or commit, or the path of a gotify binary. Several are separated by commas.',
  default: { action: 'all', cli: 'all' },
};

function hasFlag({ modes: those }: InputSpec, mode: Mode): boolean {
  return those !== null && those.includes(mode);
}

function parse(program: Command, args: readonly string[], result: () => CommandLine): CommandLine {
  if (args.length === 0) throw bad('no command is given');
  try {
    program.parse(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== 0) {
      const command = program.commands.find((each) => each.name() === args[0])?.name();
      throw bad(error.message.replace(/^error: /, '').replace(/\s+/g, ' '), command);
    }
  }
  return result();
}

/** A command that throws where commander would print and exit; help still goes to stdout. */
function quietCommand(command: Command): Command {
  return command
    .exitOverride()
    .configureOutput({ outputError: () => undefined })
    .configureHelp({ minWidthToWrap: 20 })
    .allowExcessArguments(false);
}

function optionOf(input: InputSpec): Option {
  const text = input.description.replaceAll('`', '');
  if (input.value.kind === 'switch') return new Option(`--${input.name}`, text);
  // Defaults are filled in with the other checks, so that the action has the same.
  const standard = input.default.cli === '' ? '' : ` (default: ${input.default.cli})`;
  return new Option(`--${input.name} <${placeholderOf(input.value)}>`, `${text}${standard}`);
}

/** The widest flag decides how much room all descriptions have; they name the values too. */
const widestPlaceholder = 16;

function placeholderOf(value: Exclude<InputKind, { kind: 'switch' }>): string {
  if (value.kind === 'text') return value.placeholder;
  const all = value.values.join('|');
  return all.length > widestPlaceholder ? 'value' : all;
}

function rawOptions(values: Record<string, unknown>): RawOptions {
  const entries = inputs.flatMap(({ name }) => {
    const value = values[camelCase(name)];
    if (value === true) return [[name, 'true']];
    return typeof value === 'string' ? [[name, value]] : [];
  });
  return Object.fromEntries(entries);
}

function camelCase(name: string): string {
  return name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function versionIn(root: string): string {
  const content: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const version: unknown =
    typeof content === 'object' && content !== null ? Reflect.get(content, 'version') : undefined;
  return typeof version === 'string' ? version : 'unknown';
}

/** `command`: the one that was meant; undefined where none of ours was. */
function bad(what: string, command?: string): Failure {
  return new Failure('input', {
    code: 'bad-command-line',
    what,
    remedy: `See gotify-plugin-build ${command === undefined ? '' : `${command} `}--help.`,
  });
}
