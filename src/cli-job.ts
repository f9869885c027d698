// What the command line loads for a job, once its flags are read: in one, as each file that is loaded takes its time.
export { createPlainReporter } from './adapters/reporter-plain.js';
export { runJob } from './run-job.js';
