import { Option, type Command } from 'commander';

/** `cap` as it was written. Absent: the default. */
export interface CapLine {
  readonly kind: 'cap';
  readonly from: string;
  readonly to: string;
  readonly rule: 'full' | 'gomod-cap';
  readonly check: boolean;
  readonly dryRun: boolean;
  readonly verbose: boolean;
  /** What it shares with the inputs of a build, by their names. */
  readonly raw: Readonly<
    Partial<Record<'package' | 'server-api-url' | 'build-flags' | 'timeout' | 'cache-dir' | 'token', string>>
  >;
}

const help = `
Exit codes:
  0  go.mod agrees with the server, or does now, and the plugin compiles (where
     --rule gomod-cap was not given)
  1  -check found a difference; or changing go.mod alone is not enough, as the
     plugin does not compile with the server's versions or Go selects others,
     and the text says why. What can be written is written all the same
  2  bad input
  3  the surroundings failed: network, Go toolchain, GitHub, disk`;

/** What gomod-cap's flags look like, as Go's flag package reads them: one dash or two. */
const goFlag = /^--?(from|to|check)(?:=(.*))?$/s;

/**
 * The arguments of `cap` with gomod-cap's own flags as this command line knows them: `-from x` as `--from x`, and
 * `-check=true` as `--check`. All other arguments stay as they are.
 */
export function withGoFlags(args: readonly string[]): readonly string[] {
  const [command, ...rest] = args;
  if (command !== 'cap') return args;
  return [
    command,
    ...rest.flatMap((argument, index) => {
      const [, name, value] = isValueOf(rest[index - 1]) ? [] : (goFlag.exec(argument) ?? []);
      if (name === undefined) return [argument];
      if (name !== 'check') return [value === undefined ? `--${name}` : `--${name}=${value}`];
      return value === undefined || /^(?:1|t|T|true|TRUE|True)$/.test(value)
        ? ['--check']
        : /^(?:0|f|F|false|FALSE|False)$/.test(value)
          ? []
          : [argument];
    }),
  ];
}

/** Whether the argument before takes this one as its value. */
function isValueOf(before: string | undefined): boolean {
  return before !== undefined && /^--?(?:from|to)$/.test(before);
}

/**
 * Gives the command `cap` its flags.
 *
 * @param read takes what was written
 */
export function defineCap(command: Command, read: (line: CapLine) => void): void {
  command
    .option(
      '--from <server>',
      'the server (latest, v2.9.1, 2.9, a gotify binary, ...), or a go.mod or its folder',
      'latest',
    )
    .option('--to <folder>', "the plugin's folder, or its go.mod", '.')
    .option('--check', 'write nothing; list every difference, and end with 1 where there is one')
    .option('--dry-run', 'write nothing; print the changes as a unified diff')
    .addOption(
      new Option(
        '--rule <rule>',
        "full: until Go selects the server's version of every module that the plugin uses on any architecture, and compiled once, for this machine's, with the server's Go. gomod-cap: only the require lines that both files name; needs no Go",
      )
        .choices(['full', 'gomod-cap'])
        .default('full'),
    )
    .option('--package <folder>', 'the main package, relative to the module (default: .)')
    .option('--build-flags <flags>', 'flags of the build that choose files: -tags=...')
    .option('--server-api-url <url>', 'the GitHub API that gotify/server is read from')
    .option('--timeout <minutes>', 'minutes that one step of Go may take (default: 30)')
    .option('--cache-dir <folder>', 'the folder of the module cache and of the facts about servers')
    .option('--token <token>', 'a GitHub token; better passed as GITHUB_TOKEN in the environment')
    .option('--verbose', 'show details, and the causes of errors')
    .addHelpText('after', '\n-from, -to and -check may be written with one dash, as for gomod-cap.')
    .addHelpText('after', help)
    .action((values: Readonly<Record<string, unknown>>) => read(lineOf(values)));
}

function lineOf(values: Readonly<Record<string, unknown>>): CapLine {
  const text = (name: string): string | undefined => {
    const value = values[name];
    return typeof value === 'string' ? value : undefined;
  };
  return {
    kind: 'cap',
    from: text('from') ?? 'latest',
    to: text('to') ?? '.',
    rule: text('rule') === 'gomod-cap' ? 'gomod-cap' : 'full',
    check: values['check'] === true,
    dryRun: values['dryRun'] === true,
    verbose: values['verbose'] === true,
    raw: given({
      package: text('package'),
      'build-flags': text('buildFlags'),
      'server-api-url': text('serverApiUrl'),
      timeout: text('timeout'),
      'cache-dir': text('cacheDir'),
      token: text('token'),
    }),
  };
}

function given<T extends string>(
  values: Readonly<Record<T, string | undefined>>,
): Partial<Record<T, string>> {
  const all: Partial<Record<T, string>> = {};
  for (const name in values) {
    const value = values[name];
    if (value !== undefined) all[name] = value;
  }
  return all;
}
