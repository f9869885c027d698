import { readFile } from 'node:fs/promises';
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
];

/** What a run takes that builds nothing: it finds the plugin and its servers, and reads go.mod. */
const job = [
  'src/run-job',
  'src/(check|go|pin)/',
  'src/gotify/(?!groups|release-asset|unzip)',
  'src/verify/elf',
  'src/plugin/(archive|check|commit|find-go-mod|git|go-header|main-package|project)',
  'src/pipeline/(check|check-(?:base|context|lines|plugin|ports|server)|find-plugins|matched-folders|run-dir)\\.ts',
  'src/report/(check-text|describe|failed|fix-(?:commands|text)|json|merge-findings|outcome|verdicts)',
  'src/cap/text',
  'src/adapters/(base-files|build-ports|caller|file-bytes|files|interrupt|reporter-plain|runner)',
  'src/build/(in-path|owner)',
  'node_modules/(p-limit|valibot|yocto-queue)/',
];

const group = (name, places, priority) => ({
  name,
  priority,
  test: new RegExp(`[\\\\/](?:${places.join('|').replaceAll('/', '[\\\\/]')})`),
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

export default defineConfig({
  input: { action: 'src/action.ts', cli: 'src/cli.ts' },
  platform: 'node',
  plugins: [ownCore],
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
