export { nt as checkText } from "./job.js";
