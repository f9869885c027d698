export { t as gitHubReleases } from "./github-releases.js";
