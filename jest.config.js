// Tests are ESM, as the Actions toolkit is: run them with `node --experimental-vm-modules` (npm test does).
const shared = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2023', parser: { syntax: 'typescript' } }, module: { type: 'es6' } },
    ],
  },
};

const project = (name, { folder = name, timeouts = [], ...more } = {}) => ({
  ...shared,
  displayName: name,
  testMatch: [`<rootDir>/__tests__/${folder}/**/*.test.ts`],
  setupFilesAfterEnv: timeouts,
  ...more,
});

// Jest takes `testTimeout` for all projects only; real builds set their own in a setup file.
const builds = { timeouts: ['<rootDir>/__tests__/support/build-timeout.ts'] };

export default {
  testTimeout: 60_000,
  // A worker a core: most tests wait for processes of their own.
  maxWorkers: '100%',
  projects: [
    project('unit'),
    project('scenario'),
    project('host', {
      folder: 'e2e/host',
      globalSetup: '<rootDir>/__tests__/support/host/cross-compilers.ts',
      ...builds,
    }),
    project('docker', { folder: 'e2e/docker', ...builds }),
  ],
};
