export { O as runJob } from "./job.js";
