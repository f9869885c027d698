import { setTimeout as wait } from 'node:timers/promises';
import { createTerminalReporter } from '../../src/adapters/reporter-terminal.js';

// What a build does with a reporter, at a terminal: see terminal.test.ts.
const reporter = createTerminalReporter({
  out: (line) => process.stdout.write(`${line}\n`),
  err: (line) => process.stdout.write(`${line}\n`),
});
reporter.note('before');
const [one, two] = [reporter.task('one'), reporter.task('two')];
await wait(300);
one.log('compiling\u001b]0;title\u0007 one');
await wait(300);
reporter.warn('in between');
two.log('oops');
two.fail('broken');
const three = reporter.task('three');
one.done('loads');
await wait(300);
three.done('100% %s');
await wait(300);
reporter.task('four').done('later');
const open = reporter.task('five');
open.log('still open');
// More than the places of one list.
for (let index = 0; index < 100; index += 1) reporter.task(`many ${String(index)}`).done('ok');
await reporter.close();
// As a build that a signal ends.
open.log('printed late');
open.fail('failed late');
one.log('printed late');
reporter.note('after');
