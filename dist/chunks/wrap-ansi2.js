export { t as default } from "./wrap-ansi.js";
