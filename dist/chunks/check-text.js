export { St as checkText } from "./job.js";
