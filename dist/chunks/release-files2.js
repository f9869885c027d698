export { t as finishRelease } from "./release-files.js";
