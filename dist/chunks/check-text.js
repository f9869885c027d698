export { dt as checkText } from "./job.js";
