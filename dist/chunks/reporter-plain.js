export { K as createPlainReporter, q as logTail, J as warningText } from "./job.js";
