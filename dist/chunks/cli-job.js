export { gt as checkText, ft as createPlainReporter, O as runJob } from "./job.js";
