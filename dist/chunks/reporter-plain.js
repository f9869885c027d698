export { ct as createPlainReporter, lt as taskLog, ut as warningText } from "./job.js";
