export { n as runJob } from "./job.js";
