export { ht as createPlainReporter, gt as taskLog, _t as warningText } from "./job.js";
