export { t as publishBuild, n as releaseExitCode, r as signedReport } from "./publish-build.js";
