export { ft as createPlainReporter, pt as taskLog, mt as warningText } from "./job.js";
