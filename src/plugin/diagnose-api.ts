import { posix } from 'node:path';
import { Failure, type Where } from '../errors.js';
import { pluginApi } from './check.js';
import { oneLine, type DiagnosisContext } from './diagnosis.js';
import type { GoError } from './go-output.js';

/** What a server looks up in a plugin, as in gotify/server plugin/compat/wrap.go. */
const expected = {
  GetGotifyPluginInfo: 'func GetGotifyPluginInfo() plugin.Info',
  NewGotifyPluginInstance: 'func NewGotifyPluginInstance(ctx plugin.UserContext) plugin.Plugin',
} as const;
type ApiFunction = keyof typeof expected;

const functions = ['GetGotifyPluginInfo', 'NewGotifyPluginInstance'] as const;

/** What the errors in api-check.go mean: a function that is not there, or is not what the server expects. */
export async function apiFailure(errors: readonly GoError[], context: DiagnosisContext): Promise<Failure> {
  const missing = functions.filter((name) => errors.some(({ message }) => message === `undefined: ${name}`));
  if (missing.length > 0) return missingFunctions(missing, context);
  const wrong = functions.filter((name) => errors.some(({ message }) => message.includes(name)));
  return wrongSignature(wrong, errors, context);
}

function missingFunctions(missing: readonly ApiFunction[], context: DiagnosisContext): Failure {
  const { packageArg } = context.project;
  return new Failure('plugin', {
    code: 'missing-functions',
    what: `the package ${packageArg} has no function ${missing.join(' and no ')}, so that no server can load it as a plugin`,
    remedy: `Add ${asExpected(missing)} to it, with plugin being ${pluginApi}. If the plugin is another package, name it with the package input.`,
    where: { kind: 'input', input: 'package' },
  });
}

async function wrongSignature(
  wrong: readonly ApiFunction[],
  errors: readonly GoError[],
  context: DiagnosisContext,
): Promise<Failure> {
  const [first] = wrong;
  const found = errors.map(({ message }) => typeIn(message)).join('; ');
  return new Failure('plugin', {
    code: 'wrong-signature',
    what: `the server would refuse ${wrong.join(' and ') || 'the plugin'}: ${oneLine(found)}`,
    remedy: `Declare ${asExpected(wrong.length > 0 ? wrong : functions)}, with plugin being ${pluginApi}.`,
    where:
      first === undefined
        ? { kind: 'file', file: context.project.displayGoMod }
        : await declaration(first, context),
  });
}

function asExpected(names: readonly ApiFunction[]): string {
  return names.map((name) => `\`${expected[name]}\``).join(' and ');
}

/** `cannot use F (value of type func() int) as ... in variable declaration` -> `F is func() int`. */
function typeIn(message: string): string {
  const [, name, type] = /^cannot use (\w+) \((?:value|variable) of type (.+)\) as /.exec(message) ?? [];
  return name === undefined || type === undefined ? message : `${name} is ${type}`;
}

/** Where the package declares a function; go.mod where that cannot be found. */
async function declaration(name: ApiFunction, context: DiagnosisContext): Promise<Where> {
  const { project, files } = context;
  const names = await files.list(project.packageDir).catch(() => []);
  for (const file of names.filter((candidate) => candidate.endsWith('.go'))) {
    const text = await files.readText(posix.join(project.packageDir, file)).catch(() => '');
    const line =
      text.split('\n').findIndex((code) => new RegExp(`^(?:func|var)\\s+${name}\\b`).test(code)) + 1;
    const display = posix.join(project.displayDir, project.packageArg, file);
    if (line > 0) return { kind: 'file', file: display, line };
  }
  return { kind: 'file', file: project.displayGoMod };
}
