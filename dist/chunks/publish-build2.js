export { t as publishBuild } from "./publish-build.js";
