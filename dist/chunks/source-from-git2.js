export { t as layOutFromGit } from "./source-from-git.js";
