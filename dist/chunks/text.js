export { t as reportText } from "./text2.js";
