export { t as reportText } from "./text.js";
