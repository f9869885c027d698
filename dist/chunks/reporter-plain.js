export { st as createPlainReporter, ct as taskLog, lt as warningText } from "./job.js";
