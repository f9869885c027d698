export { mt as createPlainReporter, ht as taskLog, gt as warningText } from "./job.js";
