#!/usr/bin/env node
let node_path = require("node:path");
let node_fs = require("node:fs");
let node_vm = require("node:vm");
// src/options/platform-cache.ts
/**
* Where the platform keeps caches, with a folder of ours; null where nothing says so.
*
* @param env XDG_CACHE_HOME and HOME are read
* @param platform as Node names it (`process.platform`)
*/
function platformCacheDir(env, platform) {
	const xdg = env["XDG_CACHE_HOME"];
	if (xdg !== void 0 && (0, node_path.isAbsolute)(xdg)) return (0, node_path.join)(xdg, "gotify-plugin-build");
	const home = env["HOME"];
	if (home === void 0 || !(0, node_path.isAbsolute)(home)) return null;
	return (0, node_path.join)(home, platform === "darwin" ? "Library/Caches" : ".cache", "gotify-plugin-build");
}
// src/adapters/write-whole.ts
/**
* Writes beside the target, then renames: a reader never sees half a file, and nothing is left where it fails.
*
* @throws Node's own error
*/
function writeWhole(path, content, options = {}) {
	const draft = draftOf(path);
	try {
		(0, node_fs.writeFileSync)(draft, content, {
			flag: "wx",
			...options
		});
		(0, node_fs.renameSync)(draft, path);
	} catch (error) {
		(0, node_fs.rmSync)(draft, { force: true });
		throw error;
	}
}
let drafts = 0;
/** A name beside the target that nobody else has: no other process writes at this very moment under this number. */
function draftOf(path) {
	drafts += 1;
	const own = [
		process.pid,
		Date.now(),
		drafts
	];
	return (0, node_path.join)((0, node_path.dirname)(path), `.${(0, node_path.basename)(path).slice(0, 100)}.${own.join("-")}`);
}
// src/adapters/code-cache.ts
/**
* Runs a CommonJS file, and what it requires by relative paths, with the code that V8 made of them in an earlier run.
* Where some had none, the code of all is kept when the process ends, with every function that was called.
*
* @param main absolute
*/
function runWithCodeCache(main, { cacheFile, keeps, build, require: require$1 }) {
	const known = cacheFile === null ? null : readCode(cacheFile, build);
	const files = new CommonJsFiles({
		folder: (0, node_path.dirname)(main),
		known: known ?? /* @__PURE__ */ new Map(),
		require: require$1
	});
	process.on("exit", (exitCode) => {
		if (cacheFile === null || !keeps || exitCode > 1) return;
		if (files.hasNewCode) writeCode(cacheFile, build, files.code());
	});
	files.load(main);
}
/**
* Where the code is kept that the functions of a command take: null where it has no place that is the user's own, or
* where Node is told to keep none.
*
* @param command the first argument, whatever it is
*/
function codeCacheFile(command, { env, platform, versions }) {
	if (command === void 0 || !/^[a-z]{1,16}$/.test(command)) return null;
	if (["NODE_DISABLE_COMPILE_CACHE", "NODE_V8_COVERAGE"].some((name) => (env[name] ?? "") !== "")) return null;
	const dir = platformCacheDir(env, platform);
	return dir === null ? null : (0, node_path.join)(dir, "code", `${command}-v8-${versions.v8}`);
}
/** Modules as Node loads them, for files that require each other by relative paths (https://nodejs.org/api/modules.html). */
var CommonJsFiles = class {
	#from;
	#modules = /* @__PURE__ */ new Map();
	#scripts = /* @__PURE__ */ new Map();
	#hasNewCode = false;
	constructor(from) {
		this.#from = from;
	}
	load(file) {
		const loaded = this.#modules.get(file);
		if (loaded !== void 0) return loaded.exports;
		const module = { exports: {} };
		this.#modules.set(file, module);
		try {
			this.#run(file, module);
		} catch (error) {
			this.#modules.delete(file);
			throw error;
		}
		return module.exports;
	}
	/** Whether something was loaded that no code was known of. */
	get hasNewCode() {
		return this.#hasNewCode;
	}
	code() {
		const own = [...this.#scripts].map(([path, script]) => [path, script.createCachedData()]);
		return new Map([...this.#from.known, ...own]);
	}
	#run(file, module) {
		const dir = (0, node_path.dirname)(file);
		const require$2 = (name) => name.startsWith(".") ? this.load((0, node_path.join)(dir, name)) : this.#from.require(name);
		const run = this.#compile(file).runInThisContext();
		if (typeof run !== "function") throw new Error(`${file} is no CommonJS file`);
		Reflect.apply(run, module.exports, [
			module.exports,
			require$2,
			module,
			file,
			dir
		]);
	}
	#compile(file) {
		const text = `(function (exports, require, module, __filename, __dirname) { ${(0, node_fs.readFileSync)(file, "utf8")}\n})`;
		const path = (0, node_path.relative)(this.#from.folder, file);
		const cachedData = this.#from.known.get(path);
		const script = new node_vm.Script(text, {
			filename: file,
			...cachedData === void 0 ? {} : { cachedData }
		});
		this.#hasNewCode ||= cachedData === void 0 || script.cachedDataRejected === true;
		this.#scripts.set(path, script);
		return script;
	}
};
/** What stands at the end: a file that a crash cut off, or filled up with zeros, has it not. */
const ending = Buffer.from("\nend of code\n");
/** The code that an earlier run kept; null where there is none that can be trusted. */
function readCode(cacheFile, build) {
	try {
		const bytes = readOwn(cacheFile);
		const start = bytes.indexOf("\n") + 1;
		const header = JSON.parse(bytes.toString("utf8", 0, start));
		if (!isHeader(header) || header.build !== build) return null;
		let at = start;
		const code = new Map(header.files.map(([file, length]) => [file, bytes.subarray(at, at += length)]));
		return bytes.subarray(at).equals(ending) ? code : null;
	} catch {
		return null;
	}
}
/** V8 runs what it is given: nobody else may have written it. */
function readOwn(file) {
	const descriptor = (0, node_fs.openSync)(file, "r");
	try {
		const { uid, mode } = (0, node_fs.fstatSync)(descriptor);
		if (uid !== process.getuid?.() || (mode & 18) !== 0) throw new Error(`${file} is not ours alone`);
		return (0, node_fs.readFileSync)(descriptor);
	} finally {
		(0, node_fs.closeSync)(descriptor);
	}
}
function isHeader(value) {
	if (typeof value !== "object" || value === null || !("build" in value) || !("files" in value)) return false;
	const { build, files } = value;
	const isFile = (entry) => Array.isArray(entry) && typeof entry[0] === "string" && Number.isSafeInteger(entry[1]) && entry[1] >= 0;
	return typeof build === "string" && Array.isArray(files) && files.every(isFile);
}
function writeCode(cacheFile, build, code) {
	const header = {
		build,
		files: [...code].map(([file, bytes]) => [file, bytes.length])
	};
	const bytes = Buffer.concat([
		Buffer.from(`${JSON.stringify(header)}\n`),
		...code.values(),
		ending
	]);
	try {
		const dir = (0, node_path.dirname)(cacheFile);
		if (ownerAbove(dir) !== process.getuid?.()) return;
		(0, node_fs.mkdirSync)(dir, { recursive: true });
		writeWhole(cacheFile, bytes, { mode: 384 });
	} catch {}
}
/** The owner of the nearest folder that is there. */
function ownerAbove(dir) {
	const found = (0, node_fs.statSync)(dir, { throwIfNoEntry: false });
	return found === void 0 ? ownerAbove((0, node_path.dirname)(dir)) : found.uid;
}
// src/cli.ts
runWithCodeCache((0, node_path.join)(__dirname, "chunks", "cli-main.js"), {
	cacheFile: codeCacheFile(process.argv[2], process),
	keeps: !process.argv.includes("--dry-run"),
	build: "a0ae5a27c1d81134",
	require
});
