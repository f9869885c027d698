export { G as createPlainReporter, K as logTail, q as warningText } from "./job.js";
