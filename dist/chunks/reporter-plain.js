export { t as createPlainReporter } from "./reporter-plain2.js";
