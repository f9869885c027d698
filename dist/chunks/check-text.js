export { ut as checkText } from "./job.js";
