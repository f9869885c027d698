// Prints each suite's numbers and times, and last `N passed, N failed`. Takes the folder that .ci/run wrote.
// A skipped or pending test counts as failed, and so does a test file that did not start, or a step without results.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const [folder] = process.argv.slice(2);

/** `.../__tests__/e2e/docker/x.test.ts` -> `docker`. */
const suiteOf = (file) => /__tests__\/(?:e2e\/)?([^/]+)\//.exec(file)?.[1] ?? file;

function readSuites() {
  const suites = new Map();
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
    for (const result of JSON.parse(readFileSync(join(folder, file), 'utf8')).testResults) {
      const name = suiteOf(result.name);
      const suite = suites.get(name) ?? { passed: 0, failed: 0, ms: 0 };
      const passed = result.assertionResults.filter(({ status }) => status === 'passed').length;
      const failed = result.assertionResults.length - passed;
      suite.passed += passed;
      // A file that could not run has no assertions at all.
      suite.failed += failed === 0 && result.status !== 'passed' ? 1 : failed;
      suite.ms += result.endTime - result.startTime;
      suites.set(name, suite);
    }
  }
  return suites;
}

function readSteps() {
  const file = join(folder, 'steps.tsv');
  const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
  return lines
    .map((line) => line.split('\t'))
    .map(([name, code, seconds]) => ({ name, code: Number(code), seconds }));
}

const row = (name, text) => console.log(`${name.padEnd(28)} ${text}`);
const steps = readSteps();
const suites = readSuites();
for (const { name, code, seconds } of steps)
  row(name, `${seconds.padStart(5)} s  ${code === 0 ? 'ok' : `exit code ${code}`}`);
for (const [name, { passed, failed, ms }] of suites) {
  row(`suite ${name}`, `${String(Math.round(ms / 1000)).padStart(5)} s  ${passed} passed, ${failed} failed`);
}

let passed = 0;
let failed = 0;
for (const suite of suites.values()) {
  passed += suite.passed;
  failed += suite.failed;
}
for (const { name, code } of steps) {
  // The failures of a test step are counted already, unless it broke down without naming one.
  const counted = name.startsWith('tests:') && failed > 0;
  if (code !== 0 && !counted) failed += 1;
}
for (const name of ['unit', 'scenario', 'host', 'docker'].filter((suite) => !suites.has(suite))) {
  row(`suite ${name}`, 'gave no results');
  failed += 1;
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
