export { n as publishText } from "./publish-text2.js";
