import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { defineConfig } from 'rolldown';

/** What reading the inputs takes: every run loads it. */
const start = [
  'src/errors.ts',
  'src/options/',
  'src/build/(flags|flag-rules|ldflags|quoted|target|tool-flags)',
  'src/gotify/(github|specifier)',
  'src/report/(failure|shell-word|tool)',
  'src/adapters/(end-with|event|output|printable)',
  'node_modules/semver/',
];

/** What every run takes whose inputs are sound: it finds the plugin. */
const job = [
  'src/(cli-job|run-job)',
  'src/go/(modfile|modpath|modsyntax|quote|version)',
  'src/plugin/(commit|find-go-mod|git|project)',
  'src/report/(failed|json)',
  'src/adapters/(build-ports|caller|file-bytes|files|interrupt|log-tail|reporter-plain|runner|write-whole)',
  'src/build/(in-path|owner|stopped|timed-out)',
  'node:(crypto|fs/promises)$',
];

/** What a check takes that builds nothing: it finds the servers, and compares the lines of go.mod. */
const check = [
  'src/(check|go|pin)/',
  'src/gotify/(?!groups|release-asset|unzip)',
  'src/verify/elf',
  'src/plugin/(archive|check|go-header|main-package)',
  'src/pipeline/(check|check-(?:base|context|lines|plugin|ports|server)|find-plugins|group-reporter|matched-folders)\\.ts',
  'src/report/(check-report|check-text|describe|fix-(?:commands|text)|merge-findings|outcome|verdicts)',
  'src/cap/text',
  'src/adapters/base-files',
  'node_modules/(p-limit|valibot|yocto-queue)/',
];

const group = (name, places, priority) => ({
  name,
  priority,
  test: new RegExp(`(?:^late:|[\\\\/])(?:${places.join('|').replaceAll('/', '[\\\\/]')})`),
  // What only a build needs stays where it is, though these modules import it.
  includeDependenciesRecursively: false,
});

/**
 * The toolkit's core twice: what we use of it ourselves, in every action, without the HTTP client that it brings along
 * for others, and the whole for the artifact and attestation clients, which are loaded where they are needed.
 */
const ownCore = {
  name: 'own-core',
  async resolveId(source, importer) {
    if (source !== '@actions/core' || !/[\\/]src[\\/]adapters[\\/]/.test(importer ?? '')) return null;
    const found = await this.resolve(source, importer, { skipSelf: true });
    return found === null ? null : `${found.id}?own`;
  },
  load: (id) => (id.endsWith('?own') ? readFile(id.slice(0, -'?own'.length), 'utf8') : null),
};

/**
 * Node's own modules that take milliseconds to load, and that short runs do not need: loaded when the first of their
 * functions is called.
 */
const late = ['node:crypto', 'node:fs/promises'];
const lateBuiltins = {
  name: 'late-builtins',
  resolveId: (source, importer) =>
    late.includes(source) && /[\\/]src[\\/]/.test(importer ?? '') ? `late:${source}` : null,
  load(id) {
    if (!id.startsWith('late:')) return null;
    const module = id.slice('late:'.length);
    const functions = Object.entries(createRequire(import.meta.url)(module)).filter(
      ([, value]) => typeof value === 'function',
    );
    return functions
      .map(([name]) => `export const ${name} = (...args) => require('${module}').${name}(...args);`)
      .join('\n');
  },
};

/** It only starts programs for commands that are files of their own: we have none. */
const lateChildProcess = {
  name: 'late-child-process',
  resolveId: (source, importer) =>
    source === 'node:child_process' && /[\\/]commander[\\/]/.test(importer ?? '') ? `late:${source}` : null,
  load: (id) =>
    id === 'late:node:child_process'
      ? `exports.spawn = (...args) => require('child_process').spawn(...args);`
      : null,
};

/** What src/adapters/code-cache.ts runs has no import() of Node's: of our own files the bundler makes require(). */
const withoutImport = {
  name: 'without-import',
  generateBundle(_, bundle) {
    const all = Object.values(bundle).flatMap(({ dynamicImports = [] }) => dynamicImports);
    const foreign = all.filter((name) => !(name in bundle));
    if (foreign.length > 0) this.error(`import() cannot load ${foreign.join(', ')}: import it statically`);
  },
};

/** Names what was built, for the code that V8 makes of it. */
let build = '';
const digest = {
  name: 'digest',
  generateBundle(_, bundle) {
    this.emitFile({ type: 'asset', fileName: 'package.json', source: '{ "type": "commonjs" }\n' });
    const hash = createHash('sha256');
    for (const { fileName, code } of Object.values(bundle))
      if (code !== undefined) hash.update(`${fileName}\0${code}\0`);
    build = hash.digest('hex').slice(0, 16);
  },
};
const named = {
  name: 'named',
  renderChunk: (code) => code.replace(/\bBUILD\b/, JSON.stringify(build)),
};

const shared = { platform: 'node', preserveEntrySignatures: false };
const output = {
  dir: 'dist',
  // CommonJS, as V8 keeps the code of its functions (src/adapters/code-cache.ts), and Node loads it faster.
  format: 'cjs',
  entryFileNames: '[name].js',
  chunkFileNames: 'chunks/[name].js',
};

export default defineConfig([
  {
    ...shared,
    input: { action: 'src/action.ts', 'chunks/cli-main': 'src/cli-main.ts' },
    plugins: [ownCore, lateChildProcess, lateBuiltins, withoutImport, digest],
    // The toolkit's modules only define things, but do not say so: what is not used of them need not be loaded.
    treeshake: {
      moduleSideEffects: [{ test: /node_modules[\\/]@actions[\\/]/, sideEffects: false }],
    },
    output: {
      ...output,
      cleanDir: true,
      // Left to itself the bundler makes a file for each set of users, and loading forty of them takes longer than two.
      codeSplitting: { groups: [group('start', start, 3), group('job', job, 2), group('check', check, 1)] },
    },
  },
  { ...shared, input: { cli: 'src/cli.ts' }, plugins: [named], output },
]);
