export { t as openRun } from "./run-dir2.js";
