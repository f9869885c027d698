import { spawn } from 'node:child_process';
import { beforeAll, describe, expect, jest, test } from '@jest/globals';

// A process is started: on a busy machine that takes a while.
jest.setTimeout(120_000);

/** ESLint with the repository's own settings, in a process of its own: texts by file name in, messages out. */
const program = `
  import { ESLint } from 'eslint';
  let input = '';
  for await (const chunk of process.stdin) input += chunk;
  const eslint = new ESLint();
  const all = [];
  for (const [filePath, text] of JSON.parse(input)) {
    const [result] = await eslint.lintText(text, { filePath });
    all.push((result?.messages ?? []).map(({ ruleId, message }) => ruleId + ': ' + message));
  }
  process.stdout.write(JSON.stringify(all));
`;

function lint(texts: readonly (readonly [string, string])[]): Promise<readonly (readonly string[])[]> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stdin.end(JSON.stringify(texts));
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', (code) => {
      if (code === 0) done(JSON.parse(output));
      else fail(new Error(`ESLint ended with ${String(code)}`));
    });
  });
}

/** A file, what it imports, and how the message of the rule begins that refuses it. */
const refused: readonly (readonly [file: string, source: string, why: string])[] = [
  ['src/pin/x.ts', '../adapters/files.js', 'Only the entries know adapters'],
  ['src/pipeline/x.ts', '../adapters/files.js', 'Only the entries know adapters'],
  ['src/pin/x.ts', '../pipeline/build.js', 'The pipeline knows the domain folders'],
  ['src/report/x.ts', '../pipeline/context.js', 'The pipeline knows the domain folders'],
  ['src/new-folder/x.ts', '../pipeline/build.js', 'The pipeline knows the domain folders'],
  ['src/new-folder/deep/x.ts', '../../adapters/files.js', 'Only the entries know adapters'],
  ['src/ports.ts', './adapters/files.js', 'It stands below everything'],
  ['src/ports.ts', './pipeline/context.js', 'It stands below everything'],
  ['src/ports.ts', '@actions/core', 'It stands below everything'],
  ['src/ports.ts', 'node:fs', 'It stands below everything'],
  ['src/errors.ts', './ports.js', 'It stands below everything'],
  ['src/run-job.ts', '@actions/core', 'Only adapters know the toolkit'],
  ['src/cli.ts', '@actions/exec', 'Only adapters know the toolkit'],
  ['src/cli-main.ts', 'node:fs', 'Files, processes and the network'],
  ['src/action.ts', 'node:child_process', 'Files, processes and the network'],
  ['src/run-cap.ts', 'node:fs/promises', 'Files, processes and the network'],
  ['src/gotify/x.ts', '@actions/github', 'Only adapters know the toolkit'],
  ['src/gotify/x.ts', '@octokit/plugin-retry', 'Only adapters know the toolkit'],
  ['src/gotify/x.ts', 'undici', 'Only adapters know the toolkit'],
  ['src/verify/x.ts', 'node:fs', 'Files, processes and the network'],
  ['src/verify/x.ts', 'fs', 'Files, processes and the network'],
  ['src/verify/x.ts', 'node:os', 'The core knows nothing of the machine'],
  ['src/build/x.ts', 'node:child_process', 'Files, processes and the network'],
  ['src/publish/x.ts', 'node:https', 'Files, processes and the network'],
  ['src/pipeline/x.ts', 'node:net', 'Files, processes and the network'],
  ['src/pipeline/x.ts', '../run-job.js', 'An entry imports, and is never imported'],
  ['src/adapters/x.ts', '../cli.js', 'An entry imports, and is never imported'],
  ['src/adapters/x.ts', '../cli-main.js', 'An entry imports, and is never imported'],
];

const allowed: readonly (readonly [file: string, source: string])[] = [
  ['src/cli.ts', './adapters/files.js'],
  ['src/run-job.ts', './pipeline/build.js'],
  ['src/run-job.ts', 'node:path'],
  ['src/adapters/x.ts', '@actions/core'],
  ['src/adapters/x.ts', 'node:fs'],
  ['src/adapters/x.ts', '../report/failure.js'],
  ['src/pipeline/x.ts', '../verify/elf.js'],
  ['src/pipeline/x.ts', './run-dir.js'],
  ['src/verify/x.ts', '../ports.js'],
  ['src/verify/x.ts', 'node:crypto'],
  ['src/verify/x.ts', 'valibot'],
  ['src/ports.ts', './errors.js'],
];

/** Each way in which one module can be loaded by another. */
const ways: Readonly<Record<string, (source: string) => string>> = {
  import: (source) => `import { x } from '${source}';\nx();\n`,
  'import of a type': (source) => `import type { X } from '${source}';\nexport type Y = X;\n`,
  'import for its effects': (source) => `import '${source}';\n`,
  export: (source) => `export { x } from '${source}';\n`,
  'export of all': (source) => `export * from '${source}';\n`,
  'dynamic import': (source) => `export const x = () => import('${source}');\n`,
};

const found = new Map<string, readonly string[]>();
const keyOf = (file: string, text: string): string => `${file}\n${text}`;

beforeAll(async () => {
  const texts = [...refused, ...allowed].flatMap(([file, source]) =>
    Object.values(ways).map((way) => [file, way(source)] as const),
  );
  const others = [...dynamic, ...globals];
  const messages = await lint([...texts, ...others]);
  for (const [index, [file, text]] of [...texts, ...others].entries()) {
    found.set(keyOf(file, text), messages[index] ?? []);
  }
});

const messagesOf = (file: string, text: string): readonly string[] => {
  const messages = found.get(keyOf(file, text));
  if (messages === undefined) throw new Error('not linted');
  return messages;
};

describe('arrows go one way', () => {
  test.each(refused)('%s may not import %s', (file, source, why) => {
    for (const [name, way] of Object.entries(ways)) {
      const said = messagesOf(file, way(source)).join('\n');
      expect([name, said.includes(why)]).toEqual([name, true]);
    }
  });

  test.each(allowed)('%s may import %s', (file, source) => {
    for (const [name, way] of Object.entries(ways)) {
      expect([name, messagesOf(file, way(source))]).toEqual([name, []]);
    }
  });
});

const dynamic = [
  ['src/pin/x.ts', 'export const x = (name: string) => import(name);\n'],
  ['src/pin/x.ts', 'export const x = () => import(`../adapters/files.js`);\n'],
] as const;

test.each(dynamic)('%s has to name what it loads: %j', (file, text) => {
  expect(messagesOf(file, text)).toEqual(['no-restricted-syntax: Name what is loaded.']);
});

const globals = [
  ['src/pin/x.ts', 'export const x = process.env;\n'],
  ['src/pipeline/x.ts', "export const x = () => fetch('https://example.org');\n"],
] as const;

test.each(globals)('%s has no hands of its own: %j', (file, text) => {
  expect(messagesOf(file, text).join('\n')).toMatch(/^no-restricted-globals: /);
});

test('an adapter knows the pipeline by its types alone', async () => {
  const [value, type] = await lint([
    ['src/adapters/x.ts', "import { runBuild } from '../pipeline/build.js';\nexport const x = runBuild;\n"],
    [
      'src/adapters/x.ts',
      "import type { BuildPorts } from '../pipeline/ports.js';\nexport type X = BuildPorts;\n",
    ],
  ]);
  expect(value?.join('\n')).toContain('Adapters know the types of the pipeline alone');
  expect(type).toEqual([]);
});
