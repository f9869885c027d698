export { it as checkText } from "./job.js";
