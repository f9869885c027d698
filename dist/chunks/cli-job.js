export { vt as checkText, mt as createPlainReporter, O as runJob } from "./job.js";
