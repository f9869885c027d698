import { expect, test } from '@jest/globals';
import { namingReporter, warningOnce } from '../../../src/pipeline/group-reporter.js';
import { createRecorder } from '../../support/recorder.js';

test('a warning about the same place is said once, and another one too', () => {
  const recorder = createRecorder();
  const reporter = warningOnce(recorder);
  const line = (number: number) => ({ kind: 'file' as const, file: 'go.mod', line: number });

  reporter.warn('dropped', line(3));
  reporter.warn('dropped', line(3));
  reporter.warn('dropped', line(4));
  reporter.note('dropped');
  expect(recorder.lines).toEqual(['warn: dropped', 'warn: dropped', 'note: dropped']);
});

test('a task is called by the version of its group, and nothing else is', () => {
  const recorder = createRecorder();
  const reporter = namingReporter(recorder, 'v2.9.1');

  reporter.task('linux-386').done('loads');
  reporter.detail('why');
  expect(recorder.lines).toEqual(['linux-386 for gotify v2.9.1 done: loads', 'detail: why']);
});
