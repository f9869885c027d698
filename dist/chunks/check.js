export { i as runCheck } from "./job.js";
