export { vt as checkText } from "./job.js";
