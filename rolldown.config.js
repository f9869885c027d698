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
  'src/adapters/(event|output|printable)',
  'node_modules/semver/',
  'node:fs$',
];

/** What a run takes that builds nothing: it finds the plugin and its servers, and reads go.mod. */
const job = [
  'src/(cli-job|run-job)',
  'src/(check|go|pin)/',
  'src/gotify/(?!groups|release-asset|unzip)',
  'src/verify/elf',
  'src/plugin/(archive|check|commit|find-go-mod|git|go-header|main-package|project)',
  'src/pipeline/(check|check-(?:base|context|lines|plugin|ports|server)|find-plugins|group-reporter|matched-folders)\\.ts',
  'src/report/(check-report|check-text|describe|failed|fix-(?:commands|text)|json|merge-findings|outcome|verdicts)',
  'src/cap/text',
  'src/adapters/(base-files|build-ports|caller|file-bytes|files|interrupt|log-tail|reporter-plain|runner)',
  'src/build/(in-path|owner|stopped|timed-out)',
  'node_modules/(p-limit|valibot|yocto-queue)/',
];

const group = (name, places, priority) => ({
  name,
  priority,
  test: new RegExp(`(?:^lean:|[\\\\/])(?:${places.join('|').replaceAll('/', '[\\\\/]')})`),
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
 * Node's own modules that take milliseconds to import: an `import` reads every export, and loads what lies behind the
 * lazy ones (streams, WebCrypto). Required, they load what is used of them.
 */
const required = ['node:fs', 'node:crypto'];
const lean = 'lean:';
const leanBuiltins = {
  name: 'lean-builtins',
  resolveId: (source, importer) =>
    required.includes(source) && /[\\/]src[\\/]/.test(importer ?? '') ? lean + source : null,
  load(id) {
    if (!id.startsWith(lean)) return null;
    const module = id.slice(lean.length);
    const names = Object.keys(createRequire(import.meta.url)(module)).filter((name) => name !== 'default');
    return [
      `import { createRequire } from 'node:module';`,
      `const found = /* @__PURE__ */ createRequire(import.meta.url)('${module}');`,
      ...names.map((name) => `export const ${name} = /* @__PURE__ */ (() => found.${name})();`),
    ].join('\n');
  },
};

/** It only starts programs for commands that are files of their own: we have none. */
const lazyChildProcess = {
  name: 'lazy-child-process',
  resolveId: (source, importer) =>
    source === 'node:child_process' && /[\\/]commander[\\/]/.test(importer ?? '') ? lean + source : null,
  load: (id) =>
    id === 'lean:node:child_process'
      ? `exports.spawn = (...args) => require('child_process').spawn(...args);`
      : null,
};

export default defineConfig({
  input: { action: 'src/action.ts', cli: 'src/cli.ts' },
  platform: 'node',
  plugins: [ownCore, lazyChildProcess, leanBuiltins],
  preserveEntrySignatures: false,
  // The toolkit's modules only define things, but do not say so: what is not used of them need not be loaded.
  treeshake: {
    moduleSideEffects: [{ test: /node_modules[\\/]@actions[\\/]/, sideEffects: false }],
  },
  output: {
    dir: 'dist',
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name].js',
    cleanDir: true,
    // Left to itself the bundler makes a file for each set of users, and loading forty of them takes longer than two.
    codeSplitting: { groups: [group('start', start, 2), group('job', job, 1)] },
  },
});
