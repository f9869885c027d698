import js from '@eslint/js';
import tseslint from 'typescript-eslint';

const entries = ['src/action.ts', 'src/cli.ts', 'src/cli-main.ts', 'src/run-*.ts'];
const adapters = ['src/adapters/**/*.ts'];
const pipeline = ['src/pipeline/**/*.ts'];
/** Whatever else there is, also a folder that is new. */
const domain = { files: ['src/*/**/*.ts'], ignores: [...adapters, ...pipeline] };

/** What a layer may not import, by the text of the import. `\\W` stands for a slash, which a selector cannot hold. */
const never = {
  entry: ['^(\\.\\.\\W)+(action|cli|cli-main|run-[\\w-]+)\\.js$', 'An entry imports, and is never imported.'],
  adapters: ['(^|\\W)adapters\\W', 'Only the entries know adapters.'],
  pipeline: ['(^|\\W)pipeline\\W', 'The pipeline knows the domain folders, not they it.'],
  toolkit: ['^(@actions|@octokit|undici)(\\W|$)', 'Only adapters know the toolkit and the network.'],
  effects: [
    '^(node:)?(fs|child_process|cluster|dgram|dns|http|https|http2|net|tls|worker_threads)(\\W|$)',
    'Files, processes and the network are reached through src/ports.ts; the real ones are in src/adapters.',
  ],
  machine: ['^node:(?!path$|crypto$)', 'The core knows nothing of the machine but through src/ports.ts.'],
  allButErrors: ['^(?!\\W\\Werrors\\.js$)', 'It stands below everything but src/errors.ts.'],
  anything: ['^', 'It stands below everything.'],
};

/** Rules for static imports, exports and `import()` alike; a dynamic one has to name what it loads. */
function imports(...forbidden) {
  return {
    'no-restricted-imports': [
      'error',
      { patterns: forbidden.map(([regex, message]) => ({ regex, message })) },
    ],
    'no-restricted-syntax': [
      'error',
      ...forbidden.map(([regex, message]) => ({
        selector: `ImportExpression[source.value=/${regex}/]`,
        message,
      })),
      { selector: "ImportExpression[source.type!='Literal']", message: 'Name what is loaded.' },
    ],
  };
}

const { entry, toolkit, effects, machine } = never;
const core = [entry, never.adapters, toolkit, effects, machine];
const globals = ['process', 'console', 'fetch'].map((name) => ({
  name,
  message: 'The core is given what it needs.',
}));

/** The pipeline says which effects it needs, as types; adapters are those effects. */
const portsOfPipeline = {
  regex: never.pipeline[0],
  allowTypeImports: true,
  message: 'Adapters know the types of the pipeline alone.',
};

export default tseslint.config(
  { ignores: ['dist/', 'coverage/', 'node_modules/', '__tests__/fixtures/', 'dist-plugins/'] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  {
    files: ['**/*.ts'],
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-assertions': [
        'error',
        { assertionStyle: 'as', objectLiteralTypeAssertions: 'never' },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', 3],
    },
  },
  // Arrows go one way: entries, pipeline, domain folders, ports.
  { files: entries, rules: imports(toolkit, effects) },
  {
    files: adapters,
    rules: {
      ...imports(entry),
      '@typescript-eslint/no-restricted-imports': ['error', { patterns: [portsOfPipeline] }],
    },
  },
  { files: pipeline, rules: { ...imports(...core), 'no-restricted-globals': ['error', ...globals] } },
  {
    ...domain,
    rules: { ...imports(never.pipeline, ...core), 'no-restricted-globals': ['error', ...globals] },
  },
  { files: ['src/ports.ts'], rules: imports(never.allButErrors) },
  { files: ['src/errors.ts'], rules: imports(never.anything) },
  {
    files: ['__tests__/**/*.ts'],
    rules: { 'max-lines': 'off' },
  },
  {
    files: ['**/*.js', '**/*.mjs'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly' } },
  },
);
