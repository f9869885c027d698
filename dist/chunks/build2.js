export { t as runBuild } from "./build.js";
