export { $ as createPlainReporter, et as logTail, tt as warningText } from "./job.js";
