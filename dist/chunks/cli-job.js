export { dt as checkText, st as createPlainReporter, O as runJob } from "./job.js";
