export { yt as checkText, ht as createPlainReporter, O as runJob } from "./job.js";
