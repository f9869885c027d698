export { q as createPlainReporter, J as logTail, Y as warningText } from "./job.js";
