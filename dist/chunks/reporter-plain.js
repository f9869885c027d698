export { Y as createPlainReporter, X as logTail, Z as warningText } from "./job.js";
