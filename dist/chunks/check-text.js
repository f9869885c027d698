export { gt as checkText } from "./job.js";
