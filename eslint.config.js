import js from '@eslint/js';
import tseslint from 'typescript-eslint';

const core = [
  'gotify',
  'go',
  'pin',
  'plugin',
  'build',
  'verify',
  'check',
  'cap',
  'report',
  'pipeline',
  'publish',
  'options',
];

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
  {
    // The core takes its effects through ports: it knows neither the toolkit nor an adapter.
    files: core.map((folder) => `src/${folder}/**/*.ts`),
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { group: ['@actions/*'], message: 'The core takes effects through src/ports.ts.' },
            { group: ['**/adapters/*'], message: 'Only the entries know adapters.' },
          ],
        },
      ],
    },
  },
  {
    files: ['__tests__/**/*.ts'],
    rules: { 'max-lines': 'off' },
  },
  {
    files: ['**/*.js', '**/*.mjs'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly' } },
  },
);
