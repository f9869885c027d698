export { a as runCheck } from "./job.js";
