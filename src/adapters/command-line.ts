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
  /** `--help` or `--version`: what it asks for. */
  | { readonly kind: 'answered'; readonly text: string };

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
  const read: { line: CommandLine | null } = { line: null };
  let answer = '';
  const program = quietProgram((text) => {
    answer += text;
  })
    .description('Builds gotify plugins that load: pinned to a gotify server, and proven against it.')
    .addHelpText('after', exitCodesHelp({ good: 'every file loads; nothing conflicts', bad: doesNotLoad }));
  // Reading package.json is left to those who ask.
  program.option('--version', 'print the version').on('option:version', () => {
    answer = `${versionIn(root)}\n`;
    throw new CommanderError(0, 'commander.version', '');
  });
  for (const { name, does, define } of commands) {
    const command = program.command(name).description(does);
    // Making all flags of all commands takes a millisecond or two.
    if (args.includes(name)) define(command, (line) => (read.line = line));
  }
  parse(program, withGoFlags(args));
  return read.line ?? { kind: 'answered', text: answer };
}

interface CommandSpec {
  readonly name: string;
  readonly does: string;
  /** Gives a command its flags, and what is read of them to `read`. */
  readonly define: (command: Command, read: (line: CommandLine) => void) => void;
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

const commands: readonly CommandSpec[] = [
  ...modes.map((mode) => ({
    name: mode,
    does: descriptions[mode].does,
    define: (command: Command, read: (line: JobLine) => void) => defineMode(mode, command, read),
  })),
  {
    name: 'cap',
    does: "Set the plugin's go.mod to the server's versions, as gomod-cap does and beyond, and tidy it.",
    define: defineCap,
  },
  {
    name: 'versions',
    does: 'List gotify servers with their Go version, and which of them one plugin file serves.',
    define: defineVersions,
  },
];

function defineMode(mode: Mode, command: Command, read: (line: JobLine) => void): void {
  command
    .addHelpText('after', exitCodesHelp(descriptions[mode]))
    .action((values: Readonly<Record<string, unknown>>) => {
      const { dryRun, verbose } = values;
      const raw = { ...rawOptions(values), mode };
      read({ kind: 'job', raw, dryRun: dryRun === true, verbose: verbose === true });
    });
  for (const input of inputs) if (hasFlag(input, mode)) command.addOption(optionOf(input));
  if (mode === 'build')
    command.option('--dry-run', 'print every command of the build as a shell reads it, and run none');
  command.option('--verbose', 'show details, all output of builds, and the causes of errors');
}

function defineVersions(command: Command, read: (line: CommandLine) => void): void {
  command.action((values: Readonly<Record<string, unknown>>) => {
    // Servers are named as for a check.
    const raw = { server: listedServers.default.cli, ...rawOptions(values) };
    read({ kind: 'versions', raw, verbose: values['verbose'] === true });
  });
  for (const input of inputsOfVersions()) command.addOption(optionOf(input));
  command.option('--verbose', 'show details, and the causes of errors');
}

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

function parse(program: Command, args: readonly string[]): void {
  if (args.length === 0) throw bad('no command is given');
  try {
    program.parse(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return;
    const command = program.commands.find((each) => each.name() === args[0])?.name();
    throw bad(error.message.replace(/^error: /, '').replace(/\s+/g, ' '), command);
  }
}

/** A command that throws where commander would print and exit, and so do the commands that are defined on it. */
function quietProgram(writeOut: (help: string) => void): Command {
  return new Command('gotify-plugin-build')
    .exitOverride()
    .configureOutput({ writeOut, outputError: () => undefined })
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
