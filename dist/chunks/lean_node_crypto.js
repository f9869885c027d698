import { createRequire } from "node:module";
// lean:node:crypto
const found = /* @__PURE__ */ createRequire(import.meta.url)("node:crypto");
const createHash = /* @__PURE__ */ (() => found.createHash)();
const randomBytes = /* @__PURE__ */ (() => found.randomBytes)();
const randomUUID = /* @__PURE__ */ (() => found.randomUUID)();
export { randomBytes as n, randomUUID as r, createHash as t };
