export { n as getProxyUrl } from "./proxy2.js";
