export { z as createPlainReporter, B as logTail, V as warningText } from "./job.js";
