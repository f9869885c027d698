// Tests are ESM, as the Actions toolkit is: run them with `node --experimental-vm-modules` (npm test does).
const shared = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2023', parser: { syntax: 'typescript' } }, module: { type: 'es6' } }],
  },
};

const project = (name, folder = name) => ({
  ...shared,
  displayName: name,
  testMatch: [`<rootDir>/__tests__/${folder}/**/*.test.ts`],
});

export default {
  projects: [project('unit'), project('scenario'), project('host', 'e2e/host'), project('docker', 'e2e/docker')],
};
