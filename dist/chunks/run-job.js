export { t as runJob } from "./job.js";
