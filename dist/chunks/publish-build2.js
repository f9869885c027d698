export { t as publishBuild, r as signedReport } from "./publish-build.js";
