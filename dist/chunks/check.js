const require_rolldown_runtime = require("./rolldown-runtime.js");
const require_start = require("./start.js");
const require_job = require("./job.js");
let node_path = require("node:path");
// src/report/outcome.ts
var import_valid = /* @__PURE__ */ require_rolldown_runtime.__toESM(require_start.require_valid(), 1);
var import_compare = /* @__PURE__ */ require_rolldown_runtime.__toESM(require_start.require_compare(), 1);
/** What a group and a target came to, over all of the group's servers: it loads only where each of them loads it. */
function outcomeOf(target) {
	if (target.kind === "failed" || target.kind === "skipped") return target.kind;
	return fileOutcome(target.verdicts);
}
function fileOutcome(verdicts) {
	return worstVerdict(verdicts)?.kind ?? "not verified";
}
/** The verdict that decides about a file: a rejection before what is undecided, before null (`verify: off`). */
function worstVerdict(verdicts) {
	const all = verdicts.map(({ verdict }) => verdict);
	const bad = all.find((verdict) => verdict?.kind === "rejected") ?? all.find((verdict) => verdict?.kind === "undecided");
	if (bad !== void 0) return bad;
	return all.includes(null) ? null : all[0] ?? null;
}
/** The files that may be handed on, each once: those that load, and with `verify: off` those that were built. */
function deliveredFiles(report) {
	return allTargets(report).flatMap((target) => {
		return target.kind === "built" && isDelivered(target) ? [target.file] : [];
	});
}
/** Whether what was built for a target may be handed on. */
function isDelivered(target) {
	return ["loads", "not verified"].includes(outcomeOf(target));
}
/** True only where each target is proven to load in every server; false: one does not build, or will not load. */
function compatibility(targets) {
	if (targets.every((target) => outcomeOf(target) === "loads")) return true;
	return targets.some(isIncompatible) ? false : "unknown";
}
function isIncompatible(target) {
	if (target.kind === "failed") return target.failure.kind === "plugin";
	return outcomeOf(target) === "rejected";
}
/** Whether a file that is there already spared its build. */
function isSpared({ kind }) {
	return kind === "covered" || kind === "released";
}
/** The targets of all groups. */
function allTargets({ groups }) {
	return groups.flatMap(({ targets }) => targets);
}
// src/report/describe.ts
/** What the summary and the command line both say, in the same words. */
/** One sentence on what the outcome rests on, or why there is none. */
function explain(target) {
	if (target.kind === "failed") return target.failure.what;
	if (target.kind === "skipped") return target.because;
	const because = verdictsText(target.verdicts);
	if (target.kind === "built") return because;
	return `${target.kind === "covered" ? `the file for gotify ${target.by}` : "the release's file"} loads here too; ${because}`;
}
/** What servers say in the same words is said once. */
function verdictsText(verdicts) {
	const serversOf = /* @__PURE__ */ new Map();
	for (const verdict of verdicts) {
		const text = verdictText(verdict);
		serversOf.set(text, [...serversOf.get(text) ?? [], verdict.server]);
	}
	const all = [...serversOf];
	return all.map(([text, servers]) => all.length === 1 ? text : `${namesText(servers)}: ${text}`).join("; ");
}
function verdictText({ verdict, comparedWith }) {
	if (verdict === null) return "verify is off: whether it loads is not known";
	if (verdict.kind === "undecided") return verdict.because;
	const packages = `${String(verdict.compared)} packages compared with ${sourceText(comparedWith)}`;
	if (verdict.kind === "loads") return packages;
	return `${packages}; ${count(verdict.reasons.length, "reason", "reasons")} why the server refuses it`;
}
function sourceText(source) {
	if (source === null) return "nothing";
	switch (source.kind) {
		case "given": return `the file ${source.path}`;
		case "release-asset": return source.authenticated ? "the server's release" : "the server's release (GitHub names no digest for it)";
		case "catalog": return "the catalog's manifest of the server";
		case "reference-host": return "a reference host, built as the server is";
	}
}
/** What differs, without the packages. */
function rejectionText(reason) {
	switch (reason.kind) {
		case "target": return reason.what;
		case "missing-symbol": return `the function ${reason.symbol} is missing`;
		case "main-path": return `the plugin's main package is called ${reason.path}, as one in the server is: the server takes it for another version of its own`;
		case "library": return `it is linked to musl (${reason.library}), and the server to glibc`;
		case "toolchain": return reason.plugin === reason.server ? `the standard library differs, although both sides say Go ${reason.server}` : `the plugin is built with Go ${reason.plugin ?? "(not known)"}, the server with Go ${reason.server}`;
		case "dependency": return `${reason.module}: the plugin has ${reason.plugin ?? "an unknown version"}, the server ${reason.server ?? "an unknown version"}`;
		case "follows": return "packages of the right version differ too, as they were compiled against the ones above";
		case "flag": return "packages differ although Go and the modules are the same: a build flag, or where the modules lie on disk";
	}
}
function rejectedPackages(reason) {
	return "packages" in reason ? reason.packages : [];
}
/** The first packages by name and the number of the others. */
function somePackages(packages, most) {
	const shown = packages.slice(0, most).join(", ");
	const more = packages.length - most;
	return more > 0 ? `${shown} and ${String(more)} more` : shown;
}
/** The tutorial's two ways out of a rejection, for the end of a report. */
const tutorialRemedies = "gotify names two ways out: give the plugin the same Go version and dependency versions as the server (dependencies: pin does that), or build the server itself from source with the plugin's versions, and pass that gotify binary as server.";
function changeText({ from, to }) {
	if (to === null) return `${from ?? ""} dropped`;
	return from === null ? `${to} added` : `${from} -> ${to}`;
}
/** The server, or how many. */
function serversText({ servers }) {
	const [server] = servers;
	if (server === void 0 || servers.length > 1) return `${count(servers.length, "gotify server", "gotify servers")}: ${namesText(servers.map(({ version }) => version))}`;
	const commit = server.commit === null ? "" : `, commit ${server.commit.slice(0, 12)}`;
	return `gotify ${server.version} (Go ${server.goVersion}${commit})`;
}
/** Where the facts about the servers came from, one sentence for each place. */
function serverSourceText({ servers }) {
	const [server] = servers;
	if (server !== void 0 && servers.length === 1) return `Facts about the server are from ${placeText(server)}.`;
	const versionsOf = /* @__PURE__ */ new Map();
	for (const each of servers) {
		const place = placeText(each).replace(/\?ref=[0-9a-f]+$/, "");
		versionsOf.set(place, [...versionsOf.get(place) ?? [], each.version]);
	}
	return [...versionsOf].map(([place, versions]) => `Facts about ${namesText(versions)} are from ${place}.`).join(" ");
}
function placeText({ source }) {
	if (source.kind === "api") return source.url;
	if (source.kind === "binary") return `the binary ${source.path}`;
	return `the catalog: ${source.because.replace(/\.$/, "")}`;
}
/** How many files serve how many servers, and what that cost. */
function buildsText(report) {
	const { builds, servers } = report;
	const files = count(deliveredFiles(report).length, "file", "files");
	const spared = allTargets(report).filter(isSpared).length;
	const cost = `${count(builds.done, "build", "builds")} for ${count(builds.groups, "group", "groups")} x ${count(builds.targets, "target", "targets")}`;
	return `${files} built for ${count(servers.length, "server", "servers")}: ${cost}${spared === 0 ? "" : `, ${String(spared)} spared`}.`;
}
/** A target's name; among several groups with the version that its file is called by. */
function titleOf({ target }, { version }, { groups }) {
	return groups.length === 1 ? target : `${target} for gotify ${version}`;
}
/** Some names in a sentence: all, or the first and the number of the others. */
function namesText(names, most = 8) {
	const more = names.length - most;
	return more > 0 ? `${names.slice(0, most).join(", ")} and ${String(more)} more` : names.join(", ");
}
/** Bytes as MB with one digit. */
function sizeText(bytes) {
	return `${(bytes / 1e6).toFixed(1)} MB`;
}
function secondsText(seconds) {
	return `${seconds.toFixed(1)} s`;
}
function count(number, one, many) {
	return `${String(number)} ${number === 1 ? one : many}`;
}
/** The first few, and how many more there are. */
function some(names) {
	const more = names.length - 5;
	return more > 0 ? `${names.slice(0, 5).join(", ")} and ${String(more)} more` : names.join(", ");
}
// src/report/verdicts.ts
/** What the servers of a group have to say of a file, each thing once. */
function verdictsByContent(verdicts) {
	const rejections = /* @__PURE__ */ new Map();
	for (const { server, verdict } of verdicts) {
		if (verdict?.kind !== "rejected") continue;
		const key = JSON.stringify(verdict.reasons);
		const known = rejections.get(key);
		if (known === void 0) rejections.set(key, {
			by: [server],
			reasons: verdict.reasons
		});
		else known.by.push(server);
	}
	return {
		rejections: [...rejections.values()],
		undecided: unique(verdicts.flatMap(({ verdict }) => verdict?.kind === "undecided" ? [verdict.because] : [])),
		warnings: unique(verdicts.flatMap(({ verdict }) => verdict?.warnings ?? [])),
		notes: unique(verdicts.flatMap(({ verdict }) => verdict?.notes ?? []))
	};
}
function unique(texts) {
	return [...new Set(texts)];
}
// src/gotify/newest-first.ts
/** Servers by version, newest first. A commit without a version comes before all, as a branch is mostly ahead. */
function newestFirst(servers) {
	return servers.toSorted(({ version: a }, { version: b }) => {
		const [knowsA, knowsB] = [(0, import_valid.default)(a) !== null, (0, import_valid.default)(b) !== null];
		if (knowsA && knowsB) return (0, import_compare.default)(b, a);
		return Number(knowsA) - Number(knowsB);
	});
}
// node_modules/yocto-queue/index.js
var Node = class {
	value;
	next;
	constructor(value) {
		this.value = value;
	}
};
var Queue = class {
	#head;
	#tail;
	#size;
	constructor() {
		this.clear();
	}
	enqueue(value) {
		const node = new Node(value);
		if (this.#head) {
			this.#tail.next = node;
			this.#tail = node;
		} else {
			this.#head = node;
			this.#tail = node;
		}
		this.#size++;
	}
	dequeue() {
		const current = this.#head;
		if (!current) return;
		this.#head = this.#head.next;
		this.#size--;
		if (!this.#head) this.#tail = void 0;
		return current.value;
	}
	peek() {
		if (!this.#head) return;
		return this.#head.value;
	}
	clear() {
		this.#head = void 0;
		this.#tail = void 0;
		this.#size = 0;
	}
	get size() {
		return this.#size;
	}
	*[Symbol.iterator]() {
		let current = this.#head;
		while (current) {
			yield current.value;
			current = current.next;
		}
	}
	*drain() {
		while (this.#head) yield this.dequeue();
	}
};
// node_modules/p-limit/index.js
function pLimit(concurrency) {
	let rejectOnClear = false;
	if (typeof concurrency === "object") ({concurrency, rejectOnClear = false} = concurrency);
	validateConcurrency(concurrency);
	if (typeof rejectOnClear !== "boolean") throw new TypeError("Expected `rejectOnClear` to be a boolean");
	const queue = new Queue();
	let activeCount = 0;
	const resumeNext = () => {
		if (activeCount < concurrency && queue.size > 0) {
			activeCount++;
			queue.dequeue().run();
		}
	};
	const next = () => {
		activeCount--;
		resumeNext();
	};
	const run = async (function_, resolve, arguments_) => {
		const result = (async () => function_(...arguments_))();
		resolve(result);
		try {
			await result;
		} catch {}
		next();
	};
	const enqueue = (function_, resolve, reject, arguments_) => {
		const queueItem = { reject };
		new Promise((internalResolve) => {
			queueItem.run = internalResolve;
			queue.enqueue(queueItem);
		}).then(run.bind(void 0, function_, resolve, arguments_));
		if (activeCount < concurrency) resumeNext();
	};
	const generator = (function_, ...arguments_) => new Promise((resolve, reject) => {
		enqueue(function_, resolve, reject, arguments_);
	});
	Object.defineProperties(generator, {
		activeCount: { get: () => activeCount },
		pendingCount: { get: () => queue.size },
		clearQueue: { value() {
			if (!rejectOnClear) {
				queue.clear();
				return;
			}
			const abortError = AbortSignal.abort().reason;
			while (queue.size > 0) queue.dequeue().reject(abortError);
		} },
		concurrency: {
			get: () => concurrency,
			set(newConcurrency) {
				validateConcurrency(newConcurrency);
				concurrency = newConcurrency;
				queueMicrotask(() => {
					while (activeCount < concurrency && queue.size > 0) resumeNext();
				});
			}
		},
		map: { async value(iterable, function_) {
			const promises = [];
			try {
				Array.from(iterable, (value, index) => {
					const promise = generator(function_, value, index);
					promises.push(promise);
					return promise;
				});
			} catch (error) {
				for (const promise of promises) promise.catch(() => {});
				throw error;
			}
			return Promise.all(promises);
		} }
	});
	return generator;
}
function validateConcurrency(concurrency) {
	if (!((Number.isInteger(concurrency) || concurrency === Number.POSITIVE_INFINITY) && concurrency > 0)) throw new TypeError("Expected `concurrency` to be a number from 1 and up");
}
const DEFAULT_CONFIG = {
	lang: void 0,
	message: void 0,
	abortEarly: void 0,
	abortPipeEarly: void 0
};
/**
* Returns the global configuration.
*
* @param config The config to merge.
*
* @returns The configuration.
*/
/* @__NO_SIDE_EFFECTS__ */
function getGlobalConfig(config$1) {
	if (!config$1 && true) return DEFAULT_CONFIG;
	return {
		lang: config$1?.lang ?? void 0,
		message: config$1?.message,
		abortEarly: config$1?.abortEarly ?? void 0,
		abortPipeEarly: config$1?.abortPipeEarly ?? void 0
	};
}
/**
* Stringifies an unknown input to a literal or type string.
*
* @param input The unknown input.
*
* @returns A literal or type string.
*
* @internal
*/
/* @__NO_SIDE_EFFECTS__ */
function _stringify(input) {
	const type = typeof input;
	if (type === "string") return `"${input}"`;
	if (type === "number" || type === "bigint" || type === "boolean") return `${input}`;
	if (type === "object" || type === "function") return (input && Object.getPrototypeOf(input)?.constructor?.name) ?? "null";
	return type;
}
/**
* Adds an issue to the dataset.
*
* @param context The issue context.
* @param label The issue label.
* @param dataset The input dataset.
* @param config The configuration.
* @param other The optional props.
*
* @internal
*/
function _addIssue(context, label, dataset, config$1, other) {
	const input = other && "input" in other ? other.input : dataset.value;
	const expected = other?.expected ?? context.expects ?? null;
	const received = other?.received ?? /* @__PURE__ */ _stringify(input);
	const issue = {
		kind: context.kind,
		type: context.type,
		input,
		expected,
		received,
		message: `Invalid ${label}: ${expected ? `Expected ${expected} but r` : "R"}eceived ${received}`,
		requirement: context.requirement,
		path: other?.path,
		issues: other?.issues,
		lang: config$1.lang,
		abortEarly: config$1.abortEarly,
		abortPipeEarly: config$1.abortPipeEarly
	};
	const isSchema = context.kind === "schema";
	const message$1 = other?.message ?? context.message ?? (context.reference, issue.lang, void 0) ?? (isSchema ? (issue.lang, void 0) : null) ?? config$1.message ?? (issue.lang, void 0);
	if (message$1 !== void 0) issue.message = typeof message$1 === "function" ? message$1(issue) : message$1;
	if (isSchema) dataset.typed = false;
	if (dataset.issues) dataset.issues.push(issue);
	else dataset.issues = [issue];
}
/**
* Compares two values using the SameValueZero algorithm, which treats `NaN`
* as equal to itself unlike `===`.
*
* @param value1 The first value.
* @param value2 The second value.
*
* @returns Whether the values are equal.
*
* @internal
*/
/* @__NO_SIDE_EFFECTS__ */
function _isSameValueZero(value1, value2) {
	return value1 === value2 || Number.isNaN(value1) && Number.isNaN(value2);
}
/**
* Disallows inherited object properties and prevents object prototype
* pollution by disallowing certain keys.
*
* @param object The object to check.
* @param key The key to check.
*
* @returns Whether the key is allowed.
*
* @internal
*/
/* @__NO_SIDE_EFFECTS__ */
function _isValidObjectKey(object$1, key) {
	return Object.prototype.hasOwnProperty.call(object$1, key) && key !== "__proto__" && key !== "prototype" && key !== "constructor";
}
/**
* Joins multiple `expects` values with the given separator.
*
* @param values The `expects` values.
* @param separator The separator.
*
* @returns The joined `expects` property.
*
* @internal
*/
/* @__NO_SIDE_EFFECTS__ */
function _joinExpects(values$1, separator) {
	const list = [...new Set(values$1)];
	if (list.length > 1) return `(${list.join(` ${separator} `)})`;
	return list[0] ?? "never";
}
/**
* Eagerly creates and attaches the Standard Schema properties of a schema.
*
* Hint: The contextual `this` type includes the standard properties that are
* attached before the schema is returned.
*
* @param schema The schema to attach standard properties to.
*
* @returns The schema with standard properties attached.
*
* @internal
*/
function _standardSchema(schema) {
	schema["~standard"] = {
		version: 1,
		vendor: "valibot",
		validate: (value$1) => schema["~run"]({ value: value$1 }, /* @__PURE__ */ getGlobalConfig())
	};
	return schema;
}
/* @__NO_SIDE_EFFECTS__ */
function getDotPath(issue) {
	if (issue.path) {
		let key = "";
		for (const item of issue.path) if (typeof item.key === "string" || typeof item.key === "number") if (key) key += `.${item.key}`;
		else key += item.key;
		else return null;
		return key;
	}
	return null;
}
/**
* A Valibot error with useful information.
*/
var ValiError = class extends Error {
	/**
	* Creates a Valibot error with useful information.
	*
	* @param issues The error issues.
	*/
	constructor(issues) {
		super(issues[0].message);
		this.name = "ValiError";
		this.issues = issues;
	}
};
/**
* [ISO 8601](https://en.wikipedia.org/wiki/ISO_8601) timestamp regex. Allows a
* space as a date/time separator and an optional space before the UTC offset.
*/
const ISO_TIMESTAMP_REGEX = /^\d{4}-(?:0[1-9]|1[0-2])-(?:[12]\d|0[1-9]|3[01])[T ](?:0\d|1\d|2[0-3])(?::[0-5]\d){2}(?:\.\d{1,9})?(?:Z| ?[+-](?:0\d|1\d|2[0-3])(?::?[0-5]\d)?)$/u;
/* @__NO_SIDE_EFFECTS__ */
function integer(message$1) {
	return {
		kind: "validation",
		type: "integer",
		reference: integer,
		async: false,
		expects: null,
		requirement: Number.isInteger,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !this.requirement(dataset.value)) _addIssue(this, "integer", dataset, config$1);
			return dataset;
		}
	};
}
/* @__NO_SIDE_EFFECTS__ */
function isoTimestamp(message$1) {
	return {
		kind: "validation",
		type: "iso_timestamp",
		reference: isoTimestamp,
		async: false,
		expects: null,
		requirement: ISO_TIMESTAMP_REGEX,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !this.requirement.test(dataset.value)) _addIssue(this, "timestamp", dataset, config$1);
			return dataset;
		}
	};
}
/* @__NO_SIDE_EFFECTS__ */
function minLength(requirement, message$1) {
	return {
		kind: "validation",
		type: "min_length",
		reference: minLength,
		async: false,
		expects: `>=${requirement}`,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && dataset.value.length < this.requirement) _addIssue(this, "length", dataset, config$1, { received: `${dataset.value.length}` });
			return dataset;
		}
	};
}
/* @__NO_SIDE_EFFECTS__ */
function minValue(requirement, message$1) {
	return {
		kind: "validation",
		type: "min_value",
		reference: minValue,
		async: false,
		expects: `>=${requirement instanceof Date ? requirement.toJSON() : /* @__PURE__ */ _stringify(requirement)}`,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !(dataset.value >= this.requirement)) _addIssue(this, "value", dataset, config$1, { received: dataset.value instanceof Date ? dataset.value.toJSON() : /* @__PURE__ */ _stringify(dataset.value) });
			return dataset;
		}
	};
}
/* @__NO_SIDE_EFFECTS__ */
function regex(requirement, message$1) {
	return {
		kind: "validation",
		type: "regex",
		reference: regex,
		async: false,
		expects: `${requirement}`,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !this.requirement.test(dataset.value)) _addIssue(this, "format", dataset, config$1);
			return dataset;
		}
	};
}
/* @__NO_SIDE_EFFECTS__ */
function url(message$1) {
	return {
		kind: "validation",
		type: "url",
		reference: url,
		async: false,
		expects: null,
		requirement(input) {
			try {
				if (URL.canParse) return URL.canParse(input);
				new URL(input);
				return true;
			} catch {
				return false;
			}
		},
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !this.requirement(dataset.value)) _addIssue(this, "URL", dataset, config$1);
			return dataset;
		}
	};
}
const ABORT_EARLY_CONFIG = { abortEarly: true };
/**
* Returns the fallback value of the schema.
*
* @param schema The schema to get it from.
* @param dataset The output dataset if available.
* @param config The config if available.
*
* @returns The fallback value.
*/
/* @__NO_SIDE_EFFECTS__ */
function getFallback(schema, dataset, config$1) {
	return typeof schema.fallback === "function" ? schema.fallback(dataset, config$1) : schema.fallback;
}
/**
* Returns the default value of the schema.
*
* @param schema The schema to get it from.
* @param dataset The input dataset if available.
* @param config The config if available.
*
* @returns The default value.
*/
/* @__NO_SIDE_EFFECTS__ */
function getDefault(schema, dataset, config$1) {
	return typeof schema.default === "function" ? schema.default(dataset, config$1) : schema.default;
}
/**
* Checks if the input matches the schema. By using a type predicate, this
* function can be used as a type guard.
*
* @param schema The schema to be used.
* @param input The input to be tested.
*
* @returns Whether the input matches the schema.
*/
/* @__NO_SIDE_EFFECTS__ */
function is(schema, input) {
	return !schema["~run"]({ value: input }, ABORT_EARLY_CONFIG).issues;
}
/* @__NO_SIDE_EFFECTS__ */
function array(item, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "array",
		reference: array,
		expects: "Array",
		async: false,
		item,
		message: message$1,
		"~run"(dataset, config$1) {
			const input = dataset.value;
			if (Array.isArray(input)) {
				dataset.typed = true;
				dataset.value = [];
				for (let key = 0; key < input.length; key++) {
					const value$1 = input[key];
					const itemDataset = this.item["~run"]({ value: value$1 }, config$1);
					if (itemDataset.issues) {
						const pathItem = {
							type: "array",
							origin: "value",
							input,
							key,
							value: value$1
						};
						for (const issue of itemDataset.issues) {
							if (issue.path) issue.path.unshift(pathItem);
							else issue.path = [pathItem];
							dataset.issues?.push(issue);
						}
						if (!dataset.issues) dataset.issues = itemDataset.issues;
						if (config$1.abortEarly) {
							dataset.typed = false;
							break;
						}
					}
					if (!itemDataset.typed) dataset.typed = false;
					dataset.value.push(itemDataset.value);
				}
			} else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
/* @__NO_SIDE_EFFECTS__ */
function boolean(message$1) {
	return _standardSchema({
		kind: "schema",
		type: "boolean",
		reference: boolean,
		expects: "boolean",
		async: false,
		message: message$1,
		"~run"(dataset, config$1) {
			if (typeof dataset.value === "boolean") dataset.typed = true;
			else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
/* @__NO_SIDE_EFFECTS__ */
function literal(literal_, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "literal",
		reference: literal,
		expects: /* @__PURE__ */ _stringify(literal_),
		async: false,
		literal: literal_,
		message: message$1,
		"~run"(dataset, config$1) {
			if (/* @__PURE__ */ _isSameValueZero(dataset.value, this.literal)) dataset.typed = true;
			else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
/* @__NO_SIDE_EFFECTS__ */
function null_(message$1) {
	return _standardSchema({
		kind: "schema",
		type: "null",
		reference: null_,
		expects: "null",
		async: false,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.value === null) dataset.typed = true;
			else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
/* @__NO_SIDE_EFFECTS__ */
function nullable(wrapped, default_) {
	return _standardSchema({
		kind: "schema",
		type: "nullable",
		reference: nullable,
		expects: `(${wrapped.expects} | null)`,
		async: false,
		wrapped,
		default: default_,
		"~run"(dataset, config$1) {
			if (dataset.value === null) {
				if (this.default !== void 0) dataset.value = /* @__PURE__ */ getDefault(this, dataset, config$1);
				if (dataset.value === null) {
					dataset.typed = true;
					return dataset;
				}
			}
			return this.wrapped["~run"](dataset, config$1);
		}
	});
}
/* @__NO_SIDE_EFFECTS__ */
function nullish(wrapped, default_) {
	return _standardSchema({
		kind: "schema",
		type: "nullish",
		reference: nullish,
		expects: `(${wrapped.expects} | null | undefined)`,
		async: false,
		wrapped,
		default: default_,
		"~run"(dataset, config$1) {
			if (dataset.value === null || dataset.value === void 0) {
				if (this.default !== void 0) dataset.value = /* @__PURE__ */ getDefault(this, dataset, config$1);
				if (dataset.value === null || dataset.value === void 0) {
					dataset.typed = true;
					return dataset;
				}
			}
			return this.wrapped["~run"](dataset, config$1);
		}
	});
}
/* @__NO_SIDE_EFFECTS__ */
function number(message$1) {
	return _standardSchema({
		kind: "schema",
		type: "number",
		reference: number,
		expects: "number",
		async: false,
		message: message$1,
		"~run"(dataset, config$1) {
			if (typeof dataset.value === "number" && !isNaN(dataset.value)) dataset.typed = true;
			else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
/* @__NO_SIDE_EFFECTS__ */
function object(entries$1, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "object",
		reference: object,
		expects: "Object",
		async: false,
		entries: entries$1,
		message: message$1,
		"~run"(dataset, config$1) {
			const input = dataset.value;
			if (input && typeof input === "object") {
				dataset.typed = true;
				dataset.value = {};
				for (const key in this.entries) {
					const valueSchema = this.entries[key];
					if (key in input || (valueSchema.type === "exact_optional" || valueSchema.type === "optional" || valueSchema.type === "nullish") && valueSchema.default !== void 0) {
						const value$1 = key in input ? input[key] : /* @__PURE__ */ getDefault(valueSchema);
						const valueDataset = valueSchema["~run"]({ value: value$1 }, config$1);
						if (valueDataset.issues) {
							const pathItem = {
								type: "object",
								origin: "value",
								input,
								key,
								value: value$1
							};
							for (const issue of valueDataset.issues) {
								if (issue.path) issue.path.unshift(pathItem);
								else issue.path = [pathItem];
								dataset.issues?.push(issue);
							}
							if (!dataset.issues) dataset.issues = valueDataset.issues;
							if (config$1.abortEarly) {
								dataset.typed = false;
								break;
							}
						}
						if (!valueDataset.typed) dataset.typed = false;
						dataset.value[key] = valueDataset.value;
					} else if (valueSchema.fallback !== void 0) dataset.value[key] = /* @__PURE__ */ getFallback(valueSchema);
					else if (valueSchema.type !== "exact_optional" && valueSchema.type !== "optional" && valueSchema.type !== "nullish") {
						_addIssue(this, "key", dataset, config$1, {
							input: void 0,
							expected: `"${key}"`,
							path: [{
								type: "object",
								origin: "key",
								input,
								key,
								value: input[key]
							}]
						});
						if (config$1.abortEarly) break;
					}
				}
			} else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
/* @__NO_SIDE_EFFECTS__ */
function optional(wrapped, default_) {
	return _standardSchema({
		kind: "schema",
		type: "optional",
		reference: optional,
		expects: `(${wrapped.expects} | undefined)`,
		async: false,
		wrapped,
		default: default_,
		"~run"(dataset, config$1) {
			if (dataset.value === void 0) {
				if (this.default !== void 0) dataset.value = /* @__PURE__ */ getDefault(this, dataset, config$1);
				if (dataset.value === void 0) {
					dataset.typed = true;
					return dataset;
				}
			}
			return this.wrapped["~run"](dataset, config$1);
		}
	});
}
/* @__NO_SIDE_EFFECTS__ */
function picklist(options, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "picklist",
		reference: picklist,
		expects: /* @__PURE__ */ _joinExpects(options.map(_stringify), "|"),
		async: false,
		options,
		message: message$1,
		"~run"(dataset, config$1) {
			if (this.options.includes(dataset.value)) dataset.typed = true;
			else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
/* @__NO_SIDE_EFFECTS__ */
function record(key, value$1, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "record",
		reference: record,
		expects: "Object",
		async: false,
		key,
		value: value$1,
		message: message$1,
		"~run"(dataset, config$1) {
			const input = dataset.value;
			if (input && typeof input === "object") {
				dataset.typed = true;
				dataset.value = {};
				for (const entryKey in input) if (/* @__PURE__ */ _isValidObjectKey(input, entryKey)) {
					const entryValue = input[entryKey];
					const keyDataset = this.key["~run"]({ value: entryKey }, config$1);
					if (keyDataset.issues) {
						const pathItem = {
							type: "object",
							origin: "key",
							input,
							key: entryKey,
							value: entryValue
						};
						for (const issue of keyDataset.issues) {
							issue.path = [pathItem];
							dataset.issues?.push(issue);
						}
						if (!dataset.issues) dataset.issues = keyDataset.issues;
						if (config$1.abortEarly) {
							dataset.typed = false;
							break;
						}
					}
					const valueDataset = this.value["~run"]({ value: entryValue }, config$1);
					if (valueDataset.issues) {
						const pathItem = {
							type: "object",
							origin: "value",
							input,
							key: entryKey,
							value: entryValue
						};
						for (const issue of valueDataset.issues) {
							if (issue.path) issue.path.unshift(pathItem);
							else issue.path = [pathItem];
							dataset.issues?.push(issue);
						}
						if (!dataset.issues) dataset.issues = valueDataset.issues;
						if (config$1.abortEarly) {
							dataset.typed = false;
							break;
						}
					}
					if (!keyDataset.typed || !valueDataset.typed) dataset.typed = false;
					if (keyDataset.typed) dataset.value[keyDataset.value] = valueDataset.value;
				}
			} else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
/* @__NO_SIDE_EFFECTS__ */
function string(message$1) {
	return _standardSchema({
		kind: "schema",
		type: "string",
		reference: string,
		expects: "string",
		async: false,
		message: message$1,
		"~run"(dataset, config$1) {
			if (typeof dataset.value === "string") dataset.typed = true;
			else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
/**
* Returns the sub issues of the provided datasets for the union issue.
*
* @param datasets The datasets.
*
* @returns The sub issues.
*
* @internal
*/
/* @__NO_SIDE_EFFECTS__ */
function _subIssues(datasets) {
	let issues;
	if (datasets) for (const dataset of datasets) if (issues) for (const issue of dataset.issues) issues.push(issue);
	else issues = dataset.issues;
	return issues;
}
/* @__NO_SIDE_EFFECTS__ */
function union(options, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "union",
		reference: union,
		expects: /* @__PURE__ */ _joinExpects(options.map((option) => option.expects), "|"),
		async: false,
		options,
		message: message$1,
		"~run"(dataset, config$1) {
			let validDataset;
			let typedDatasets;
			let untypedDatasets;
			for (const schema of this.options) {
				const optionDataset = schema["~run"]({ value: dataset.value }, config$1);
				if (optionDataset.typed) if (optionDataset.issues) if (typedDatasets) typedDatasets.push(optionDataset);
				else typedDatasets = [optionDataset];
				else {
					validDataset = optionDataset;
					break;
				}
				else if (untypedDatasets) untypedDatasets.push(optionDataset);
				else untypedDatasets = [optionDataset];
			}
			if (validDataset) return validDataset;
			if (typedDatasets) {
				if (typedDatasets.length === 1) return typedDatasets[0];
				_addIssue(this, "type", dataset, config$1, { issues: /* @__PURE__ */ _subIssues(typedDatasets) });
				dataset.typed = true;
			} else if (untypedDatasets?.length === 1) return untypedDatasets[0];
			else _addIssue(this, "type", dataset, config$1, { issues: /* @__PURE__ */ _subIssues(untypedDatasets) });
			return dataset;
		}
	});
}
/* @__NO_SIDE_EFFECTS__ */
function variant(key, options, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "variant",
		reference: variant,
		expects: "Object",
		async: false,
		key,
		options,
		message: message$1,
		"~run"(dataset, config$1) {
			const input = dataset.value;
			if (input && typeof input === "object") {
				let outputDataset;
				let maxDiscriminatorPriority = 0;
				let invalidDiscriminatorKey = this.key;
				let expectedDiscriminators = [];
				const parseOptions = (variant$1, allKeys) => {
					for (const schema of variant$1.options) {
						if (schema.type === "variant") parseOptions(schema, new Set(allKeys).add(schema.key));
						else {
							let keysAreValid = true;
							let currentPriority = 0;
							for (const currentKey of allKeys) {
								const discriminatorSchema = schema.entries[currentKey];
								if (currentKey in input ? discriminatorSchema["~run"]({
									typed: false,
									value: input[currentKey]
								}, ABORT_EARLY_CONFIG).issues : discriminatorSchema.type !== "exact_optional" && discriminatorSchema.type !== "optional" && discriminatorSchema.type !== "nullish") {
									keysAreValid = false;
									if (invalidDiscriminatorKey !== currentKey && (maxDiscriminatorPriority < currentPriority || maxDiscriminatorPriority === currentPriority && currentKey in input && !(invalidDiscriminatorKey in input))) {
										maxDiscriminatorPriority = currentPriority;
										invalidDiscriminatorKey = currentKey;
										expectedDiscriminators = [];
									}
									if (invalidDiscriminatorKey === currentKey) expectedDiscriminators.push(schema.entries[currentKey].expects);
									break;
								}
								currentPriority++;
							}
							if (keysAreValid) {
								const optionDataset = schema["~run"]({ value: input }, config$1);
								if (!outputDataset || !outputDataset.typed && optionDataset.typed) outputDataset = optionDataset;
							}
						}
						if (outputDataset && !outputDataset.issues) break;
					}
				};
				parseOptions(this, /* @__PURE__ */ new Set([this.key]));
				if (outputDataset) return outputDataset;
				_addIssue(this, "type", dataset, config$1, {
					input: input[invalidDiscriminatorKey],
					expected: /* @__PURE__ */ _joinExpects(expectedDiscriminators, "|"),
					path: [{
						type: "object",
						origin: "value",
						input,
						key: invalidDiscriminatorKey,
						value: input[invalidDiscriminatorKey]
					}]
				});
			} else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
/**
* Parses an unknown input based on a schema.
*
* @param schema The schema to be used.
* @param input The input to be parsed.
* @param config The parse configuration.
*
* @returns The parsed input.
*/
function parse(schema, input, config$1) {
	const dataset = schema["~run"]({ value: input }, /* @__PURE__ */ getGlobalConfig(config$1));
	if (dataset.issues) throw new ValiError(dataset.issues);
	return dataset.value;
}
/* @__NO_SIDE_EFFECTS__ */
function pipe(...pipe$1) {
	return _standardSchema({
		...pipe$1[0],
		pipe: pipe$1,
		"~run"(dataset, config$1) {
			for (const item of pipe$1) if (item.kind !== "metadata") {
				if (dataset.issues && (item.kind === "schema" || item.kind === "transformation")) {
					dataset.typed = false;
					break;
				}
				if (!dataset.issues || !config$1.abortEarly && !config$1.abortPipeEarly) dataset = item["~run"](dataset, config$1);
			}
			return dataset;
		}
	});
}
/**
* Parses an unknown input based on a schema.
*
* @param schema The schema to be used.
* @param input The input to be parsed.
* @param config The parse configuration.
*
* @returns The parse result.
*/
/* @__NO_SIDE_EFFECTS__ */
function safeParse(schema, input, config$1) {
	const dataset = schema["~run"]({ value: input }, /* @__PURE__ */ getGlobalConfig(config$1));
	return {
		typed: dataset.typed,
		success: !dataset.issues,
		output: dataset.value,
		issues: dataset.issues
	};
}
// src/plugin/archive.ts
/**
* Lays out the files of a tar.gz of the whole repository with one folder at its top, as GitHub's API gives it.
*
* @throws Failure (surroundings) as unpackArchive
*/
async function layOutTarball({ archive, dir }, ports) {
	await ports.files.makeDir(dir);
	await unpackArchive([
		"-xzf",
		archive,
		"--strip-components=1"
	], dir, ports);
}
/** Throws Failure (surroundings) `no-source` without tar, or where it fails. */
async function unpackArchive(args, dir, { runner, env }) {
	const result = await runner.run({
		program: "tar",
		args: [
			...args,
			"--no-same-owner",
			"-C",
			dir
		],
		env: { PATH: env["PATH"] ?? "" }
	});
	if (result.kind === "exited" && result.exitCode === 0) return;
	const why = result.kind === "exited" ? result.stderr.trim() : "there is no tar on this machine";
	throw new require_start.Failure("surroundings", {
		code: "no-source",
		what: `the source of the repository cannot be unpacked: ${why}`,
		remedy: "See that tar and gzip are installed, and that the disk is not full."
	});
}
// src/adapters/base-files.ts
var base_files_exports = /* @__PURE__ */ require_rolldown_runtime.__exportAll({ openBase: () => openBase$1 });
/** Not `..`: it becomes part of an address. */
const RepositoryName = /* @__PURE__ */ pipe(/* @__PURE__ */ string(), /* @__PURE__ */ regex(/^[\w.-]*\w[\w.-]*\/[\w.-]*\w[\w.-]*$/));
const Sha = /* @__PURE__ */ pipe(/* @__PURE__ */ string(), /* @__PURE__ */ regex(/^[0-9a-f]{40}$/));
/** Source: https://docs.github.com/en/webhooks/webhook-events-and-payloads#pull_request */
const PullRequest = /* @__PURE__ */ object({ pull_request: /* @__PURE__ */ object({
	base: /* @__PURE__ */ object({
		sha: Sha,
		repo: /* @__PURE__ */ object({ full_name: RepositoryName })
	}),
	head: /* @__PURE__ */ object({ sha: Sha })
}) });
/** Source: https://docs.github.com/en/webhooks/webhook-events-and-payloads#merge_group */
const MergeGroup = /* @__PURE__ */ object({
	merge_group: /* @__PURE__ */ object({ base_sha: Sha }),
	repository: /* @__PURE__ */ object({ full_name: RepositoryName })
});
/**
* The files before the change of a pull request or merge group, or those of a ref: from git where it has the commit,
* else over the API. Null where the event is none of these and no ref is given.
*
* @param folder in the checkout of the change, absolute
* @throws Failure (surroundings) where the event cannot be read, or neither git nor the API can be asked
*/
async function openBase$1({ ref, folder }, settings) {
	const { env } = settings;
	const base = ref === null ? await baseOfEvent(require_job.gitIn(folder, settings), env) : {
		ref,
		repository: ownRepository(env)
	};
	return base === null ? null : new FilesOfBase(base, settings);
}
function ownRepository({ GITHUB_REPOSITORY: name }) {
	return /* @__PURE__ */ is(RepositoryName, name) ? name : null;
}
async function baseOfEvent(git, env) {
	const { GITHUB_EVENT_NAME: name = "", GITHUB_EVENT_PATH: path = "" } = env;
	if (!/^(?:pull_request(?:_target)?|merge_group)$/.test(name) || path === "") return null;
	try {
		const event = JSON.parse(await require_job.readFile(path, "utf8"));
		return name === "merge_group" ? baseOfGroup(event) : await baseOfPullRequest(event, git);
	} catch (cause) {
		throw new require_start.Failure("surroundings", {
			code: "event-unreadable",
			what: `the event of this ${name === "merge_group" ? "merge group" : "pull request"} cannot be read (${path})`,
			remedy: "Set baseline: false, or name what to compare with as base.",
			cause
		});
	}
}
function baseOfGroup(event) {
	const { merge_group: group, repository } = parse(MergeGroup, event);
	return {
		ref: group.base_sha,
		repository: repository.full_name
	};
}
async function baseOfPullRequest(event, git) {
	const { base, head } = parse(PullRequest, event).pull_request;
	return {
		ref: await mergedInto(head.sha, git) ?? base.sha,
		repository: base.repo.full_name
	};
}
/**
* What is checked out for a pull request is GitHub's merge of it, into a base that may be newer than the event's: what
* others brought since is no change of this one. Null where something else is checked out. The commit itself names its
* parents, also where a shallow clone has none of them.
*/
async function mergedInto(head, git) {
	const [header = ""] = (await git("cat-file", "commit", "HEAD"))?.split("\n\n") ?? [];
	const [base, merged, ...more] = [...header.matchAll(/^parent ([0-9a-f]{40})$/gm)].map(([, sha]) => sha);
	return base !== void 0 && merged === head && more.length === 0 ? base : null;
}
var FilesOfBase = class {
	base;
	settings;
	name;
	laidOut = /* @__PURE__ */ new Map();
	api = null;
	constructor(base, settings) {
		this.base = base;
		this.settings = settings;
		this.name = /^[0-9a-f]{40}$/.test(base.ref) ? base.ref.slice(0, 12) : base.ref;
	}
	async read(path) {
		const git = require_job.gitIn((0, node_path.dirname)(path), this.settings);
		const known = await this.readByGit(path, git);
		if (known !== void 0) return known;
		return (await this.openApi()).file(await placeIn(await this.root(git), path));
	}
	async layOut(folder, into) {
		const git = require_job.gitIn(folder, this.settings);
		const commit = await this.commit(git);
		const top = commit === null ? null : await topOf(git);
		if (top === null) await this.openApi();
		const root = top ?? await this.root(git);
		await placeIn(root, folder);
		const known = this.laidOut.get(root) ?? this.layOutAll({
			commit,
			top,
			root
		}, into);
		this.laidOut.set(root, known);
		await known;
		return (0, node_path.join)(into, folder);
	}
	async layOutAll({ commit, top, root }, into) {
		const { files } = this.settings;
		const dir = (0, node_path.join)(into, root);
		await files.makeDir(dir);
		if (commit !== null && top !== null && await this.layOutByGit({
			top,
			commit,
			dir
		})) return;
		await files.remove(dir);
		const archive = `${dir}.tar.gz`;
		await files.makeDir(dir);
		await files.write(archive, await (await this.openApi()).archive());
		await layOutTarball({
			archive,
			dir
		}, this.settings);
		await files.remove(archive);
	}
	async layOutByGit({ top, commit, dir }) {
		const { layOutFromGit } = await Promise.resolve().then(() => require("./source-from-git.js")).then((n) => n.source_from_git_exports);
		const { files } = this.settings;
		const indexes = `${dir}.index`;
		await files.makeDir(indexes);
		const isThere = await layOutFromGit({
			repository: top,
			commit,
			into: dir,
			index: (0, node_path.join)(indexes, "index"),
			absent: "left"
		}, this.settings);
		await files.remove(indexes);
		return isThere;
	}
	/** Null where there is no git, no repository, or (as in a shallow checkout) no such commit in it. */
	async commit(git) {
		return (await git("rev-parse", "--verify", "--quiet", "--end-of-options", `${this.base.ref}^{commit}`))?.trim() ?? null;
	}
	/** Null: git knows that it was not there. Undefined: git does not know. */
	async readByGit(path, git) {
		const commit = await this.commit(git);
		if (commit === null) return void 0;
		const text = await git("cat-file", "blob", `${commit}:./${(0, node_path.basename)(path)}`);
		if (text !== null) return text;
		return await git("ls-tree", commit, "--", (0, node_path.basename)(path)) === "" ? null : void 0;
	}
	/** The repository need not lie at the workspace itself; of another repository's checkout nothing is known. */
	async root(git) {
		const { workspace } = this.settings;
		const { repository } = this.base;
		return (((await git("config", "--get", "remote.origin.url"))?.trim().toLowerCase() ?? "").replace(/\.git$/, "").split(/[/:]/).slice(-2).join("/") === repository?.toLowerCase() ? await topOf(git) : null) ?? require_job.realpath(workspace);
	}
	/** One connection for all files: an address that nobody answers at is tried once. */
	openApi() {
		return this.api ??= apiFiles(this.base, this.settings);
	}
};
async function topOf(git) {
	return (await git("rev-parse", "--show-toplevel"))?.replace(/\n$/, "") ?? null;
}
/** A path below the checkout as the API takes it. Throws Failure for one outside of it. */
async function placeIn(root, path) {
	const way = (0, node_path.relative)(root, path);
	if (!(0, node_path.isAbsolute)(way) && way.split(node_path.sep)[0] !== "..") return way.split(node_path.sep).join("/");
	throw new require_start.Failure("surroundings", {
		code: "outside-workspace",
		what: "it lies outside of the workspace",
		remedy: "Check the repository out below the workspace, or set baseline: false."
	});
}
async function apiFiles({ ref, repository }, { api }) {
	if (api === null || repository === null) throw new require_start.Failure("surroundings", {
		code: "base-unknown",
		what: `git knows no commit ${ref} here`,
		remedy: "Fetch it first (actions/checkout with fetch-depth: 0), or set baseline: false."
	});
	const { repositoryAt } = await Promise.resolve().then(() => require("./github2.js"));
	const name = ref.replace(/^(?:refs\/remotes\/)?origin\//, "");
	return repositoryAt({
		apiUrl: api.url,
		token: api.token,
		repository: `repos/${repository}`
	}, name);
}
// src/report/check-report.ts
/** Why a module cannot be checked, whatever the server; null where it can. */
function inputFailureOf({ checks }) {
	const failures = checks.map(({ outcome }) => outcome.kind === "failed" && outcome.failure.kind === "input" ? outcome.failure : null);
	const [first = null] = failures;
	return failures.every((failure) => failure?.what === first?.what) ? first : null;
}
// src/check/finding.ts
/** The worst first. */
const levels = [
	"conflict",
	"drift",
	"note"
];
// src/report/merge-findings.ts
/** The findings of a plugin, each once however many servers it holds for; the most important first. */
function mergeFindings({ checks }) {
	const merged = /* @__PURE__ */ new Map();
	for (const { server, findings } of checks) {
		const seen = /* @__PURE__ */ new Map();
		for (const finding of findings) {
			const alike = keyOf$2(finding);
			const before = seen.get(alike) ?? 0;
			seen.set(alike, before + 1);
			const key = `${alike} ${String(before)}`;
			const known = merged.get(key) ?? {
				finding,
				byServer: /* @__PURE__ */ new Map()
			};
			known.byServer.set(server, finding);
			merged.set(key, known);
		}
	}
	return [...merged.values()].sort(byRank);
}
/** What each server adds is its own version. */
function keyOf$2({ level, kind, code, module, plugin, where, since }) {
	return JSON.stringify([
		level,
		kind,
		code,
		module,
		plugin,
		where,
		since
	]);
}
/** For sort: conflicts before drifts before notes, and of one level what a change brought before what was there. */
function byRank(a, b) {
	return rank(a.finding) - rank(b.finding);
}
function rank({ level, since }) {
	return levels.indexOf(level) * 2 + Number(since === "old");
}
/** What is found, in the words of each server that says it differently. */
function mergedText({ byServer }, mostServers = 3) {
	const texts = [...new Set([...byServer.values()].map(({ what }) => what))];
	const shown = texts.slice(0, mostServers);
	const more = texts.length - shown.length;
	return more === 0 ? shown.join("\n") : `${shown.join("\n")}\nand the like for ${String(more)} more servers`;
}
// src/report/fix-commands.ts
/**
* The command that brings a plugin's go.mod in line with the first of the servers, as `fix` does; null where it does not
* differ from that one, and where `fix` was asked for. It is for people to paste, so what could be read as more than a
* word is quoted.
*/
function fixCommand(plugin, report, fixing) {
	const [server] = report.servers;
	const check = plugin.checks.find(({ server: version }) => version === server?.version);
	if (server === void 0 || check === void 0 || !check.findings.some(isOfGoMod)) return null;
	if (report.fixes.some(({ path }) => path === plugin.path)) return null;
	return require_start.commandLine(fixing.tool, [
		"cap",
		...["-from", nameOf(server, fixing.options.base)],
		...["-to", asPath(plugin.path)],
		...require_start.sharedFlags({
			...fixing.options,
			package: plugin.package
		})
	]);
}
/** As the `server` input takes it. */
function nameOf({ tag, commit, source, version }, base) {
	if (source.kind !== "binary") return tag ?? commit ?? version;
	const way = (0, node_path.relative)(base, source.path);
	return way.startsWith("../../") ? source.path : /^\.\.?\//.test(way) ? way : `./${way}`;
}
function asPath(folder) {
	return folder.startsWith("-") ? `./${folder}` : folder;
}
function isOfGoMod({ kind, level }) {
	return level !== "note" && [
		"version",
		"go",
		"toolchain",
		"does-not-load"
	].includes(kind);
}
// src/cap/text.ts
/** What the command line says at the end: one line a change, then what is left, then the answer. */
function capResultText(request) {
	const { result, file } = request;
	const changes = "changes" in result ? result.changes : [];
	const reasons = "reasons" in result ? result.reasons : [];
	return [
		...changes.map((change) => changeLine(change, file)),
		...reasons.flatMap(reasonLines),
		...answers(request),
		...hints(request)
	].join("\n");
}
/** `go.mod:7: github.com/gin-gonic/gin v1.9.1 -> v1.11.0`. */
function changeLine({ module, from, to, line, reach, why }, file) {
	const by = why === "tidy" ? " (go mod tidy)" : "";
	const place = require_start.whereText({
		kind: "file",
		file,
		...line === null ? {} : { line }
	});
	if (to === null) return `${place}: ${module} ${from ?? ""} removed${by}`;
	if (from !== null) return `${place}: ${module} ${from} -> ${to}${by}`;
	return `${place}: ${module} ${to} added${reach === "transitive" ? " (indirect)" : ""}${by}`;
}
function reasonLines({ where, what, remedy, modules }) {
	const versions = modules.map(({ path, plugin, server }) => `  ${path}: ${plugin}, the server has ${server}`);
	return [
		`${require_start.whereText(where)}: ${what}`,
		`  ${remedy}`,
		...modules.length > 1 ? versions : []
	];
}
/** Where only the code is at fault, that is said apart from what go.mod came to. */
function answers(request) {
	const { result, server } = request;
	if (!("reasons" in result) || !result.reasons.some(({ kind }) => kind === "does-not-compile")) return [answer$1(request)];
	const ofGoMod = result.kind === "partly" ? {
		...result,
		kind: "changed"
	} : { kind: "same" };
	return [`The plugin does not compile with the versions of gotify ${server.version}: see above what has to change.`, answer$1({
		...request,
		result: ofGoMod
	})];
}
function answer$1({ result, mode, rule, server, file, command }) {
	const name = `gotify ${server.version}`;
	switch (result.kind) {
		case "same": return rule === "full" ? `${file} agrees with ${name}: nothing to change.` : `${file} requires what ${name} requires, where both name a module: nothing to change.`;
		case "changed":
			if (result.changes.length === 0) return sumsOnly(mode, command);
			return mode === "write" ? `${written(file, result.goSum)}: ${changeCount(result.changes)} for ${name}.` : `${file} differs from ${name}: ${changeCount(result.changes)}. Write ${result.changes.length === 1 ? "it" : "them"} with: ${command}`;
		case "partly": return mode === "write" ? `${written(file, result.goSum)}, with ${changeCount(result.changes)} for ${name}, and does not agree with it yet: see above.` : `${file} differs from ${name}, and not all of it can be corrected there: see above. Write the rest with: ${command}`;
		case "cannot": return `${file} cannot be made to agree with ${name} by changing it alone: see above. Nothing is written.`;
	}
}
function hints({ result, rule, server, file }) {
	if (rule === "full" || result.kind === "same") return [];
	const { goVersion } = server;
	return [`Then tidy with the server's Go${goVersion === "" ? " (which one, its go.mod does not say)" : ""}, and look again, as that may raise versions: ${tidyCommand(file, goVersion)}`];
}
/** As a shell reads it, from where `file` is named; `goVersion`: empty where it is not known. */
function tidyCommand(file, goVersion) {
	const [folder, name] = [node_path.posix.dirname(file), node_path.posix.basename(file)];
	const place = folder.startsWith("-") ? `./${folder}` : folder;
	return [
		...folder === "." ? [] : [
			"cd",
			require_start.shellWord(place),
			"&&"
		],
		...goVersion === "" ? [] : [`GOTOOLCHAIN=${require_job.toolchainName(goVersion)}`],
		...[
			"go",
			"mod",
			"tidy"
		],
		...name === "go.mod" ? [] : [require_start.shellWord(`-modfile=${name}`)]
	].join(" ");
}
function sumsOnly(mode, command) {
	return mode === "write" ? "go.sum is written: it lacked lines that Go needs." : `go.sum lacks lines that Go needs. Write them with: ${command}`;
}
function written(file, goSum) {
	return `${file} is written${goSum === null ? "" : ", and go.sum"}`;
}
function changeCount(changes) {
	return changes.length === 1 ? "1 change" : `${String(changes.length)} changes`;
}
// src/report/fix-text.ts
/** What `fix` did to one plugin's go.mod, in one sentence without a full stop. */
function fixAnswer({ kind, server, changes }, goMod) {
	const name = `gotify ${server}`;
	const written = changes.length === 0 ? `go.sum beside ${goMod} is written: it lacked lines that Go needs` : `${goMod} is written, with ${count(changes.length, "change", "changes")} for ${name}`;
	switch (kind) {
		case "same": return `${goMod} agrees with ${name}: nothing is written`;
		case "changed": return written;
		case "partly": return `${written}; not all of it could be brought in line`;
		case "cannot": return `${goMod} could not be brought in line with ${name}: nothing is written`;
	}
}
/** Each change, what a go.mod alone cannot do, and why nothing could be done. */
function fixDetails({ changes, unsolved, failure }, goMod) {
	return [
		...changes.map((change) => changeLine(change, goMod)),
		...unsolved.map(({ what, remedy }) => `${what}. ${remedy}`),
		...failure === null ? [] : [require_start.failureLines(failure).join(". ")]
	];
}
// src/report/check-text.ts
var check_text_exports = /* @__PURE__ */ require_rolldown_runtime.__exportAll({ checkText: () => checkText });
/**
* What the command line and the action's log print at the end of a check: for each plugin the answer of each server and
* the findings, then one line for all. Text from the plugin is as it came, so the caller makes it safe for where it goes.
*/
function checkText(report, fixing) {
	const commands = report.plugins.map((plugin) => fixCommand(plugin, report, fixing));
	return [
		...report.plugins.flatMap((plugin, index) => pluginLines(plugin, report, commands[index] ?? null)),
		...skippedLines(report),
		...fixing.tool.setup === null || commands.every((command) => command === null) ? [] : [
			"Run it in the repository's folder. The command line comes with, once:",
			`  ${fixing.tool.setup}`,
			""
		],
		answer(report)
	].join("\n");
}
function pluginLines(plugin, report, command) {
	const merged = mergeFindings(plugin);
	const shown = merged.filter(({ finding }) => finding.kind !== "own-module");
	const failure = inputFailureOf(plugin);
	const title = `${plugin.module ?? plugin.path} (${plugin.goMod})`;
	if (failure !== null) return [
		title,
		`  cannot be checked: ${failure.where === null ? "" : `${require_start.whereText(failure.where)}: `}${failure.what}`,
		`    ${failure.remedy}`,
		""
	];
	return [
		title,
		...plugin.checks.map((check) => `  ${serverLine(check, report)}`),
		...shown.flatMap(findingLines),
		...ownModules(merged),
		...hiding(plugin),
		...verdictLines(plugin),
		...command === null ? [] : ["  To bring go.mod in line:", `    ${command}`],
		...fixLines(plugin, report),
		""
	];
}
function skippedLines({ skipped }) {
	if (skipped.length === 0) return [];
	return [...skipped.map(({ path, because }) => `${path}: left out, as ${because}`), ""];
}
function serverLine(check, { servers }) {
	const go = servers.find(({ version }) => version === check.server)?.goVersion ?? "";
	const fixed = check.fixed.length === 0 ? "" : `; ${count(check.fixed.length, "finding", "findings")} of the base gone`;
	return `gotify ${check.server} (Go ${go}): ${outcomeText(check)}${fixed}`;
}
/** The answer of one server in a few words. */
function outcomeText({ outcome, findings }) {
	const conflicts = findings.filter(({ level }) => level === "conflict").length;
	const drifts = findings.filter(({ level }) => level === "drift").length;
	const differences = drifts === 0 ? "no drift" : count(drifts, "drift", "drifts");
	if (conflicts > 0) return `${count(conflicts, "conflict", "conflicts")}, ${differences}`;
	return `${fitText(outcome)}, ${differences}`;
}
function fitText(outcome) {
	switch (outcome.kind) {
		case "loads": return `fits (${String(outcome.compared)} packages compared with ${sourceText(outcome.verdict.comparedWith)})`;
		case "not-compiled": return "no conflict in the lines of go.mod (not compiled)";
		case "conflict": return "does not fit";
		case "undecided": return `undecided: ${outcome.because}`;
		case "failed": return `could not be checked: ${outcome.failure.what}`;
	}
}
function findingLines(merged) {
	const { finding } = merged;
	const [first = "", ...more] = mergedText(merged).split("\n");
	const where = finding.where === null ? "" : `${require_start.whereText(finding.where)}: `;
	const since = finding.since === null || finding.since === "new" ? "" : ` (${sinceText[finding.since]})`;
	return [
		`  ${finding.level}${since}: ${where}${first}`,
		...more.map((line) => `    ${line}`),
		...finding.remedy === "" || finding.kind === "version" ? [] : [`    ${finding.remedy}`]
	];
}
const sinceText = {
	worse: "made worse",
	old: "was there before"
};
/** One line for all of them: nothing has to be done about them. */
function ownModules(merged) {
	const own = merged.filter(({ finding }) => finding.kind === "own-module");
	if (own.length === 0) return [];
	const names = own.slice(0, 10).map(({ finding }) => finding.module ?? "");
	const more = own.length - names.length;
	const list = `${names.join(", ")}${more > 0 ? ` and ${String(more)} more` : ""}`;
	return [`  note: the plugin brings ${count(own.length, "module", "modules")} that a server lacks: ${list}`];
}
function hiding({ checks }) {
	return [...new Set(checks.flatMap(({ mayHideMore }) => mayHideMore === null ? [] : [mayHideMore]))].map((reason) => `  warning: ${reason}`);
}
/** What the comparison with the servers said besides its answer: each thing once. */
function verdictLines({ checks }) {
	const { warnings, notes } = verdictsByContent(verdictsOf(checks));
	return [...warnings.map((text) => `  warning: ${text}`), ...notes.map((text) => `  note: ${text}`)];
}
/** Of the servers that a file was compared with. */
function verdictsOf(checks) {
	return checks.flatMap(({ outcome }) => "verdict" in outcome && outcome.verdict !== null ? [outcome.verdict] : []);
}
function fixLines({ path, goMod }, { fixes }) {
	return fixes.filter((fix) => fix.path === path).flatMap((fix) => [`  fix: ${fixAnswer(fix, goMod)}`, ...fixDetails(fix, goMod).map((line) => `    ${line}`)]);
}
function answer({ conflicts, drifts, compatible, plugins, servers }) {
	const of = `${count(plugins.length, "plugin", "plugins")}, ${count(servers.length, "server", "servers")}`;
	const found = `${count(conflicts, "conflict", "conflicts")}, ${count(drifts, "drift", "drifts")}`;
	if (compatible === true) return `Fits: ${of}; ${found}.`;
	if (compatible === false) return `Does not fit: ${of}; ${found}.`;
	return `Not known to fit: ${of}; ${found}.`;
}
// src/go/sumfile.ts
/** An early Go wrote this hash of an empty go.mod by mistake; Go itself skips such lines. */
const emptyGoMod = "h1:G7mAYYxgmS0lVkHyy2hEOLQCFB0DlQFTMLWggykrydY=";
/**
* Reads a go.sum as cmd/go does: three fields a line, blank lines allowed.
* Throws Failure `malformed-go-sum` with the line, or `conflicting-sums` where one key has two hashes.
*/
function parseSumFile(text, file) {
	const hashes = /* @__PURE__ */ new Map();
	for (const [index, line] of text.split("\n").entries()) {
		const fields = line.split(/\s+/).filter((field) => field !== "");
		if (fields.length === 0) continue;
		const [path, version, hash] = fields;
		if (path === void 0 || version === void 0 || hash === void 0 || fields.length !== 3) throw malformedSum(file, index + 1, fields.length);
		if (hash !== emptyGoMod) add(hashes, {
			path,
			version,
			hash
		}, {
			a: file,
			b: file
		});
	}
	return {
		entries: [...hashes.values()],
		h1: (path, version) => hashes.get(keyOf$1({
			path,
			version,
			hash: "h1:"
		}))?.hash
	};
}
/**
* The lines of both go.sum files, sorted, each once. Two hashes for one key are never merged: one of the two files
* was made from other bytes. Throws Failure `conflicting-sums` that names both hashes, or `malformed-go-sum`.
*/
function unionSums(a, b, names = {
	a: "go.sum",
	b: "the server's go.sum"
}) {
	const union = /* @__PURE__ */ new Map();
	for (const entry of parseSumFile(a, names.a).entries) add(union, entry, names);
	for (const entry of parseSumFile(b, names.b).entries) add(union, entry, names);
	return [...union.values()].map(({ path, version, hash }) => `${path} ${version} ${hash}\n`).sort().join("");
}
function add(hashes, entry, names) {
	const key = keyOf$1(entry);
	const known = hashes.get(key);
	if (known === void 0) hashes.set(key, entry);
	else if (known.hash !== entry.hash) throw new require_start.Failure("input", {
		code: "conflicting-sums",
		what: `${entry.path} ${entry.version} has two different hashes: ${known.hash} (${names.a}) and ${entry.hash} (${names.b})`,
		remedy: "One of them is not the published module. Remove the wrong line and run `go mod verify`.",
		where: {
			kind: "file",
			file: names.a
		}
	});
}
/** Hashes of different algorithms (`h1:`, a later `h2:`) may stand side by side. */
function keyOf$1({ path, version, hash }) {
	return `${path} ${version} ${hash.slice(0, hash.indexOf(":") + 1)}`;
}
function malformedSum(file, line, fields) {
	return new require_start.Failure("input", {
		code: "malformed-go-sum",
		what: `a line of go.sum has three fields (module, version, hash), this one has ${String(fields)}`,
		remedy: "Remove the line and run `go mod tidy`.",
		where: {
			kind: "file",
			file,
			line
		}
	});
}
// src/gotify/server-files.ts
var import_lt = /* @__PURE__ */ require_rolldown_runtime.__toESM(require_start.require_lt(), 1);
var import_intersects = /* @__PURE__ */ require_rolldown_runtime.__toESM(require_start.require_intersects(), 1);
var import_min_version = /* @__PURE__ */ require_rolldown_runtime.__toESM(require_start.require_min_version(), 1);
/** The first gotify whose go.mod names every module that its packages come from. */
const oldestServer = "2.1.6";
/**
* The ServerBuild that the server's own files describe.
*
* @throws Failure (input) `server-too-old`, `server-go-version`, `server-replace`, or what the readers of go.mod and
* go.sum throw; all name the file as `gotify/server@<version>/<file>`
*/
function serverFromFiles(files, { tag, commit, source }) {
	const version = tag ?? versionOfCommit(commit);
	const name = (file) => `gotify/server@${version}/${file}`;
	const mod = require_job.parseModFile(files.goMod, name("go.mod"));
	const list = buildListOf({
		mod,
		sums: parseSumFile(files.goSum, name("go.sum")),
		file: name("go.mod")
	});
	if (list.kind === "direct-only") throw tooOld(version);
	return {
		version,
		tag,
		commit,
		goVersion: goVersionOf$1({
			text: files.goVersion,
			mod,
			name
		}),
		goMod: files.goMod,
		goSum: files.goSum,
		buildList: list.modules,
		pinList: {
			source: "go.mod",
			modules: list.modules
		},
		source
	};
}
/** What a server without a release tag is called: `g` and twelve digits of its commit. */
function versionOfCommit(commit) {
	return `g${commit.slice(0, 12)}`;
}
/** Whether the tag names a server from before `oldestServer`. */
function isTooOld(tag) {
	return (0, import_valid.default)(tag) !== null && (0, import_lt.default)(tag, "2.1.6");
}
/** Whether every version that the range matches is older than `oldestServer`; a range without any is not. */
function isRangeTooOld(range) {
	return (0, import_min_version.default)(range) !== null && !(0, import_intersects.default)(range, `>=2.1.6`);
}
/** For servers whose go.mod does not say enough: their build list would have to come from `go list -m all`. */
function tooOld(version) {
	return new require_start.Failure("input", {
		code: "server-too-old",
		what: `gotify ${version} is older than v${oldestServer}: its go.mod names only the modules that it requires itself, not those that they need`,
		remedy: `Choose v${oldestServer} or newer.`,
		where: {
			kind: "input",
			input: "server"
		}
	});
}
/** Modules sorted by path, byte by byte as Go sorts them: a module path is ASCII (golang.org/x/mod/module, CheckPath). */
function sortModules(modules) {
	return modules.toSorted((a, b) => a.path < b.path ? -1 : a.path > b.path ? 1 : 0);
}
function buildListOf({ mod, sums, file }) {
	if (mod.go === null || require_job.compareGoVersions(mod.go.version, "1.17") < 0) return { kind: "direct-only" };
	const replaced = replacedVersions(mod, file);
	return {
		kind: "complete",
		modules: sortModules(mod.requires.map(({ path, version }) => {
			const used = replaced.get(`${path}@${version}`) ?? replaced.get(path) ?? version;
			const sum = sums.h1(path, used);
			return sum === void 0 ? {
				path,
				version: used
			} : {
				path,
				version: used,
				sum
			};
		}))
	};
}
/** Replaced modules' versions, by `path@version` or `path`. A pin can follow a version, but not other files. */
function replacedVersions(mod, file) {
	return new Map(mod.replaces.map((replace) => {
		const { old, new: used, line } = replace;
		if (used.kind === "local" || used.path !== old.path) throw new require_start.Failure("input", {
			code: "server-replace",
			what: `this server replaces ${old.path} by ${used.kind === "local" ? used.dir : used.path}, which a plugin cannot be pinned to`,
			remedy: "Choose a released server.",
			where: {
				kind: "file",
				file,
				line
			}
		});
		return [old.version === null ? old.path : `${old.path}@${old.version}`, used.version];
	}));
}
function goVersionOf$1({ text, mod, name }) {
	const file = name(text === null ? "go.mod" : "GO_VERSION");
	const version = (text ?? mod.toolchain?.name ?? "").trim().replace(/^go/, "");
	if (require_job.isGoVersion(version)) return version;
	throw new require_start.Failure("input", {
		code: "server-go-version",
		what: text === null && mod.toolchain === null ? "this server does not say which Go it is built with: it has neither GO_VERSION nor a toolchain line" : `${JSON.stringify(version)} is not a version of Go`,
		remedy: "Choose a released server.",
		where: {
			kind: "file",
			file
		}
	});
}
// src/gotify/catalog.ts
const ContentName = /* @__PURE__ */ pipe(/* @__PURE__ */ string(), /* @__PURE__ */ regex(/^[0-9a-f]{16}$/));
const Index = /* @__PURE__ */ object({
	schema: /* @__PURE__ */ literal(1),
	releases: /* @__PURE__ */ array(/* @__PURE__ */ object({
		tag: /* @__PURE__ */ pipe(/* @__PURE__ */ string(), /* @__PURE__ */ regex(/^v\d+\.\d+\.\d+$/)),
		commit: /* @__PURE__ */ pipe(/* @__PURE__ */ string(), /* @__PURE__ */ regex(/^[0-9a-f]{40}$/)),
		date: /* @__PURE__ */ pipe(/* @__PURE__ */ string(), /* @__PURE__ */ regex(/^\d{4}-\d\d-\d\d$/)),
		goVersion: /* @__PURE__ */ string(),
		goMod: ContentName,
		goSum: ContentName
	}))
});
/**
* Opens the catalog: reads its index only; the rest when it is asked for.
*
* @param dir the catalog's folder, absolute
* @throws Failure (surroundings) `broken-catalog` where a file of it is missing or is not what it should be
*/
async function loadCatalog(dir, files) {
	const { releases } = await readIndex((0, node_path.join)(dir, "index.json"), files);
	const find = (tag) => releases.find((release) => release.tag === tag);
	const filesOf = async (tag) => {
		const release = find(tag);
		if (release === void 0) return null;
		const [goMod, goSum] = await Promise.all([readFile((0, node_path.join)(dir, "files", `${release.goMod}.mod`), files), readFile((0, node_path.join)(dir, "files", `${release.goSum}.sum`), files)]);
		return {
			goVersion: release.goVersion,
			goMod,
			goSum
		};
	};
	return {
		releases,
		filesOf,
		serverBuild: async (tag, because) => {
			const [release, texts] = [find(tag), await filesOf(tag)];
			if (release === void 0 || texts === null) return null;
			const { commit } = release;
			return serverFromFiles(texts, {
				tag,
				commit,
				source: {
					kind: "catalog",
					because
				}
			});
		},
		manifestText: async (tag, target) => {
			if (find(tag) === void 0) return null;
			const path = (0, node_path.join)(dir, "abi", `${tag}-${target}.json`);
			return await files.stat(path) === null ? null : readFile(path, files);
		}
	};
}
async function readIndex(path, files) {
	const text = await readFile(path, files);
	let data;
	try {
		data = JSON.parse(text);
	} catch (cause) {
		throw broken(path, cause);
	}
	const result = /* @__PURE__ */ safeParse(Index, data);
	if (result.success) return result.output;
	throw broken(path, /* @__PURE__ */ new Error(`${/* @__PURE__ */ getDotPath(result.issues[0]) ?? "the whole"}: ${result.issues[0].message}`));
}
async function readFile(path, files) {
	try {
		return await files.readText(path);
	} catch (cause) {
		throw broken(path, cause);
	}
}
function broken(path, cause) {
	return new require_start.Failure("surroundings", {
		code: "broken-catalog",
		what: `the catalog of servers cannot be read (${cause instanceof Error ? cause.message : String(cause)})`,
		remedy: "Install gotify-plugin-build again.",
		where: {
			kind: "file",
			file: path
		},
		cause
	});
}
// src/gotify/facts.ts
const Facts = /* @__PURE__ */ object({
	goVersion: /* @__PURE__ */ nullable(/* @__PURE__ */ string()),
	goMod: /* @__PURE__ */ string(),
	goSum: /* @__PURE__ */ string()
});
/**
* The server's files at a commit, read from the API once: what a commit contains never changes, so they are kept below
* `<cacheDir>/facts`, for the API that said so alone: nothing shows that another one's commit is the same.
*
* @throws Failure as readServerFiles does
*/
async function factsOf(commit, ports) {
	const known = await cachedFacts(commit, ports);
	if (known !== null) return known;
	const { apiUrl } = ports.github;
	const path = factsFile(commit, ports);
	const facts = await readServerFiles(commit, ports.github);
	try {
		await ports.files.makeDir((0, node_path.join)(ports.cacheDir, "facts"));
		await ports.files.write(path, JSON.stringify({
			apiUrl,
			...facts
		}));
	} catch (error) {
		ports.reporter.detail(`${path} was not written: ${String(error)}`);
	}
	return facts;
}
/** Where something that an API said is kept; the text in the file has to name the API, as the name is cut. */
function factsFile(name, { github, cacheDir }) {
	const key = github.apiUrl.replace(/[^\w.-]+/g, "_").slice(0, 150);
	return (0, node_path.join)(cacheDir, "facts", `${name}-${key}.json`);
}
/** What an earlier run kept of a commit at this API, 40 hex digits; null where there is nothing sound. */
async function cachedFacts(commit, ports) {
	const { files, reporter, github } = ports;
	const path = factsFile(commit, ports);
	if (await files.stat(path) === null) return null;
	try {
		const kept = parse(/* @__PURE__ */ object({
			apiUrl: /* @__PURE__ */ literal(github.apiUrl),
			...Facts.entries
		}), JSON.parse(await files.readText(path)));
		return {
			goVersion: kept.goVersion,
			goMod: kept.goMod,
			goSum: kept.goSum
		};
	} catch (error) {
		reporter.detail(`${path} is not used: ${String(error)}`);
		return null;
	}
}
/**
* GO_VERSION, go.mod and go.sum at a commit, from the API.
*
* @throws Failure (input) `no-server-files` where the commit has no go.mod or go.sum; what GitHub's methods throw
*/
async function readServerFiles(commit, github) {
	const [goVersion, goMod, goSum] = await Promise.all([
		github.fileAt(commit, "GO_VERSION"),
		github.fileAt(commit, "go.mod"),
		github.fileAt(commit, "go.sum")
	]);
	if (goMod !== null && goSum !== null) return {
		goVersion,
		goMod,
		goSum
	};
	throw new require_start.Failure("input", {
		code: "no-server-files",
		what: `gotify/server has no ${goMod === null ? "go.mod" : "go.sum"} at ${commit}`,
		remedy: "Choose a newer server.",
		where: {
			kind: "input",
			input: "server"
		}
	});
}
// src/verify/elf-fields.ts
/** The largest part that is read at once: the string table of a Go program with every symbol has a few MB. */
const maxPart = 67108864;
/** The longest text that is taken for a name. */
const maxText = 4096;
/** A failure that names the file, the field, and what is wrong with it. */
function malformed(source, field, problem) {
	return new require_start.Failure("input", {
		code: "malformed-elf",
		what: `not a sound ELF file: ${field} ${problem}`,
		remedy: "The file is damaged or incomplete: build or download it again.",
		where: {
			kind: "file",
			file: source.name
		}
	});
}
/** Checks a place against the file, before a byte is read or room is made. */
function checkPlace(source, { offset, size, what }) {
	if (size > maxPart) throw malformed(source, what, `claims ${String(size)} bytes`);
	if (offset + size > source.size) throw malformed(source, what, "lies past the end of the file");
}
/** Exactly the bytes of a place. */
function readPart(source, place) {
	checkPlace(source, place);
	const bytes = source.read(place.offset, place.size);
	if (bytes.length !== place.size) throw shrunk(source, place.what);
	return bytes;
}
function shrunk(source, what) {
	return malformed(source, what, "ends early: the file became shorter while it was read");
}
/** Little endian numbers and strings of one part of a file; reading past its end is a Failure. */
var Fields = class Fields {
	bytes;
	is64;
	source;
	what;
	view;
	constructor(source, part) {
		this.source = source;
		this.what = part.what;
		this.is64 = part.is64;
		this.bytes = part.bytes;
		this.view = new DataView(this.bytes.buffer, this.bytes.byteOffset, this.bytes.byteLength);
	}
	/** Reads the whole part at once. */
	static read(source, place, is64) {
		return new Fields(source, {
			what: place.what,
			bytes: readPart(source, place),
			is64
		});
	}
	get size() {
		return this.bytes.length;
	}
	u8(at) {
		return this.view.getUint8(this.checked(at, 1));
	}
	u16(at) {
		return this.view.getUint16(this.checked(at, 2), true);
	}
	u32(at) {
		return this.view.getUint32(this.checked(at, 4), true);
	}
	/** An address, offset or size: 4 or 8 bytes by the file's class. */
	word(at) {
		return this.is64 ? this.u64(at) : this.u32(at);
	}
	/** 8 bytes as a number: no address or size of a real file reaches 2^53. */
	u64(at) {
		const high = this.u32(at + 4);
		if (high >= 2097152) throw malformed(this.source, this.what, `has an impossible number at byte ${String(at)}`);
		return high * 4294967296 + this.u32(at);
	}
	/** The NUL-terminated text at an offset of a string table. */
	text(at) {
		const { bytes, what } = this;
		const end = at < bytes.length ? bytes.indexOf(0, at) : -1;
		if (end < 0 || end - at > 4096) throw malformed(this.source, what, `has no text at byte ${String(at)}`);
		return Buffer.from(bytes.buffer, bytes.byteOffset + at, end - at).toString("utf8");
	}
	checked(at, length) {
		if (at + length > this.size) throw malformed(this.source, this.what, `ends before byte ${String(at + length)}`);
		return at;
	}
};
// src/verify/elf-windows.ts
/** A large section passes through one small buffer: fresh memory costs more than reading the file. */
const windowSize = 65536;
/**
* The bytes of a place, window by window.
*
* @param layout.unit windows hold whole units of that many bytes
* @param layout.overlap how many bytes a window has in common with the next, so that nothing shorter is cut
*/
function* windows(source, place, { unit = 1, overlap = 0 }) {
	checkPlace(source, place);
	const buffer = Buffer.allocUnsafeSlow(Math.min(place.size, windowSize - windowSize % unit));
	for (let at = 0; at < place.size; at += buffer.length - overlap) {
		const bytes = buffer.subarray(0, Math.min(buffer.length, place.size - at));
		if (source.readInto(place.offset + at, bytes) !== bytes.length) throw shrunk(source, place.what);
		yield {
			at,
			bytes
		};
		if (at + bytes.length === place.size) return;
	}
}
/** A string table of the file, read where it is asked. */
var StringTable = class {
	place;
	source;
	constructor(source, place) {
		checkPlace(source, place);
		this.source = source;
		this.place = place;
	}
	/** The NUL-terminated text at an offset of the table. */
	text(at) {
		const { offset, size, what } = this.place;
		const bytes = at < size ? this.source.read(offset + at, Math.min(4097, size - at)) : Buffer.alloc(0);
		const end = bytes.indexOf(0);
		if (end < 0) throw malformed(this.source, what, `has no text at byte ${String(at)}`);
		return Buffer.from(bytes.buffer, bytes.byteOffset, end).toString("utf8");
	}
};
/** Small reads that lie close together, served from the last page read: package hashes fill two or three pages. */
var Pages = class {
	source;
	start = 0;
	page = /* @__PURE__ */ new Uint8Array(0);
	constructor(source) {
		this.source = source;
	}
	/** Exactly the bytes of a place; valid until the next call. */
	read(place) {
		checkPlace(this.source, place);
		const { offset, size } = place;
		const from = offset - this.start;
		if (from >= 0 && from + size <= this.page.length) return this.page.subarray(from, from + size);
		this.start = Math.max(0, offset - 2048);
		this.page = this.source.read(this.start, Math.max(8192, offset - this.start + size));
		const bytes = this.page.subarray(offset - this.start, offset - this.start + size);
		if (bytes.length !== size) throw shrunk(this.source, place.what);
		return bytes;
	}
};
// src/verify/elf-sections.ts
/** Section types of the ELF specification (gABI, chapter 4) that hold no bytes in the file. */
const noBits = 8;
const maxSections = 4096;
/**
* Reads the ELF header and the section headers: two or three small reads, whatever the file's size.
*
* @throws Failure (input) `malformed-elf` for a damaged file, `not-elf` for another kind of file, `big-endian-elf`
* @see the System V gABI, chapter 4
*/
function readLayout(source) {
	const is64 = readClass(source) === 64;
	const header = Fields.read(source, {
		offset: 0,
		size: is64 ? 64 : 52,
		what: "ELF header"
	}, is64);
	const start = is64 ? 40 : 32;
	const tableOffset = header.word(start);
	const entrySize = header.u16(is64 ? 58 : 46);
	const count = header.u16(is64 ? 60 : 48);
	const namesIndex = header.u16(is64 ? 62 : 50);
	if (count === 0 || tableOffset === 0) throw malformed(source, "e_shnum", "names no section headers: the file is packed, or was stripped of them");
	if (count > maxSections) throw malformed(source, "e_shnum", `names ${String(count)} sections`);
	if (entrySize < (is64 ? 64 : 40)) throw malformed(source, "e_shentsize", `is ${String(entrySize)}`);
	const place = {
		offset: tableOffset,
		size: entrySize * count,
		what: "section header table"
	};
	const table = Fields.read(source, place, is64);
	const raw = Array.from({ length: count }, (_, index) => rawSection(table, index * entrySize));
	return {
		source,
		identity: {
			class: is64 ? 64 : 32,
			machine: header.u16(18)
		},
		type: header.u16(16),
		sections: nameSections(source, raw, namesIndex),
		pages: new Pages(source)
	};
}
/** Finds a section by its type (see the gABI), or by its name. */
function findSection(layout, wanted) {
	return layout.sections.find((section) => (typeof wanted === "number" ? section.type : section.name) === wanted);
}
/** The bytes of a whole section, for a small one. */
function readSection(layout, section) {
	return Fields.read(layout.source, placeOf$1(layout, section), layout.identity.class === 64);
}
/** Where a section's bytes are. */
function placeOf$1(layout, { name, offset, size, type }) {
	const what = `section ${name}`;
	if (type === noBits) throw malformed(layout.source, what, "has no bytes in the file");
	return {
		offset,
		size,
		what
	};
}
/** The string table that a section's sh_link names. */
function linkedStrings(layout, section) {
	const holder = layout.sections[section.link];
	if (holder !== void 0) return new StringTable(layout.source, placeOf$1(layout, holder));
	const problem = `names section ${String(section.link)}, which is not there`;
	throw malformed(layout.source, `sh_link of ${section.name}`, problem);
}
/**
* The bytes at a virtual address, inside the section that a symbol names.
* File offset = sh_offset + address - sh_addr (gABI, "Section Header").
*/
function readAt(layout, section, span) {
	const { address, size, what } = span;
	const start = address - section.address;
	if (section.type === noBits || start < 0 || start + size > section.size) throw malformed(layout.source, what, `lies outside its section ${section.name}`);
	return layout.pages.read({
		offset: section.offset + start,
		size,
		what
	});
}
function readClass(source) {
	const ident = source.read(0, 16);
	if (ident.length < 16 || ident[0] !== 127 || ident[1] !== 69 || ident[2] !== 76 || ident[3] !== 70) throw new require_start.Failure("input", {
		code: "not-elf",
		what: "not an ELF file, the kind that Linux programs and plugins are",
		remedy: "Give a plugin (.so) or a gotify server built for Linux.",
		where: {
			kind: "file",
			file: source.name
		}
	});
	if (ident[5] === 2) throw bigEndian(source);
	if (ident[5] !== 1) throw malformed(source, "EI_DATA", `is ${String(ident[5])}`);
	if (ident[4] !== 1 && ident[4] !== 2) throw malformed(source, "EI_CLASS", `is ${String(ident[4])}`);
	return ident[4] === 2 ? 64 : 32;
}
function bigEndian(source) {
	return new require_start.Failure("input", {
		code: "big-endian-elf",
		what: "a big endian ELF file: gotify has no servers for such machines",
		remedy: "Give a file for linux-amd64, linux-arm64, linux-arm-7, linux-386 or linux-riscv64.",
		where: {
			kind: "file",
			file: source.name
		}
	});
}
function rawSection(table, at) {
	const is64 = table.is64;
	return {
		nameOffset: table.u32(at),
		type: table.u32(at + 4),
		address: table.word(at + (is64 ? 16 : 12)),
		offset: table.word(at + (is64 ? 24 : 16)),
		size: table.word(at + (is64 ? 32 : 20)),
		link: table.u32(at + (is64 ? 40 : 24))
	};
}
function nameSections(source, raw, namesIndex) {
	const holder = raw[namesIndex];
	if (holder === void 0) throw malformed(source, "e_shstrndx", `names section ${String(namesIndex)}, which is not there`);
	const names = Fields.read(source, {
		offset: holder.offset,
		size: holder.size,
		what: "section name table"
	}, false);
	return raw.map(({ nameOffset, ...section }) => ({
		name: names.text(nameOffset),
		...section
	}));
}
// src/go/buildinfo.ts
const magic = Buffer.from("ÿ Go buildinf:", "latin1");
const headerSize = 32;
const flagsOffset = 15;
/** Set since Go 1.18: the two texts follow the header; before, the header had pointers to them. */
const inlineFlag = 2;
/** go frames the module text with 16 bytes on either side (infoStart and infoEnd of cmd/go/internal/modload). */
const frame = 16;
/**
* The build info of a Go program or plugin, also of a stripped one; null where the file has none, or one
* of a Go before 1.18 (whose texts are elsewhere in the file).
*
* @throws Failure (input) `malformed-elf`, `not-elf`
* @see debug/buildinfo and runtime/debug.ParseBuildInfo in Go's standard library
*/
function readBuildInfo(source) {
	return buildInfoOf(readLayout(source));
}
/** The same, where the file's section headers have been read already. */
function buildInfoOf(layout) {
	const section = findSection(layout, ".go.buildinfo");
	if (section === void 0) return null;
	const { source } = layout;
	const bytes = readSection(layout, section).bytes;
	if (bytes.length < headerSize || Buffer.compare(bytes.subarray(0, magic.length), magic) !== 0) throw malformed(source, "section .go.buildinfo", "does not begin with its mark");
	if (((bytes[flagsOffset] ?? 0) & inlineFlag) === 0) return null;
	const version = inlineText(source, bytes, headerSize);
	const modules = inlineText(source, bytes, version.end);
	return {
		goVersion: version.bytes.toString("utf8"),
		...parseModuleText(unframed(modules.bytes))
	};
}
/** A text behind its length, which is written seven bits a byte, lowest first. */
function inlineText(source, bytes, at) {
	let length = 0;
	let next = at;
	for (let shift = 1;; shift *= 128) {
		const byte = bytes[next++];
		if (byte === void 0 || shift > 2 ** 35) throw malformed(source, "section .go.buildinfo", "has no sound text length");
		length += (byte & 127) * shift;
		if (byte < 128) break;
	}
	if (next + length > bytes.length) throw malformed(source, "section .go.buildinfo", "ends inside a text");
	return {
		bytes: Buffer.from(bytes.buffer, bytes.byteOffset + next, length),
		end: next + length
	};
}
/** The text inside its frame; empty where the file was built without modules. */
function unframed(bytes) {
	const end = bytes.length - frame;
	return end > frame && bytes[end - 1] === 10 ? bytes.subarray(frame, end).toString("utf8") : "";
}
function parseModuleText(text) {
	const deps = [];
	const settings = {};
	let path = "";
	let main = null;
	for (const line of text.split("\n")) {
		const [word, ...fields] = line.split("	");
		if (word === "path") path = fields[0] ?? "";
		else if (word === "mod") main = moduleOf(fields);
		else if (word === "dep") deps.push(moduleOf(fields));
		else if (word === "=>") replaceLast(deps, moduleOf(fields));
		else if (word === "build") addSetting(settings, fields.join("	"));
	}
	return {
		path,
		main,
		deps,
		settings
	};
}
function moduleOf([path = "", version = "", sum = ""]) {
	return sum === "" ? {
		path,
		version
	} : {
		path,
		version,
		sum
	};
}
/** A `=>` line belongs to the module line before it. */
function replaceLast(deps, replacement) {
	const replaced = deps.pop();
	if (replaced === void 0) return;
	const other = replacement.path === replaced.path ? {} : { replacedBy: replacement.path };
	deps.push({
		...replacement,
		path: replaced.path,
		...other
	});
}
function addSetting(settings, text) {
	const equals = /^("(?:[^"\\]|\\.)*"|[^=]*)=/.exec(text);
	if (equals === null) return;
	settings[unquoted(equals[1] ?? "")] = unquoted(text.slice(equals[0].length));
}
/** Go quotes a key or value that holds blanks, quotes or control characters. */
function unquoted(text) {
	return require_job.unquote(text) ?? text;
}
// src/gotify/binary.ts
/** What every gotify since 2.0 declares as its module, v3 included. */
const modulePath = /^github\.com\/gotify\/server(\/v\d+)?$/;
/**
* The ServerBuild of a gotify binary, out of its build info: it names the Go version and the modules linked in, each
* with its sum. It has no tag, even if it says that it is a release: only its own bytes can tell what it loads.
*
* @throws Failure (input) `not-gotify`, `server-go-version`, `server-replace`, or what the reader of build info throws
*/
function serverFromBinary(path, openBytes) {
	const source = openBytes(path);
	try {
		return serverFromBuildInfo(readBuildInfo(source), path);
	} finally {
		source.close();
	}
}
/** The same, from build info that has been read already. */
function serverFromBuildInfo(info, path) {
	if (info === null || !modulePath.test(info.main?.path ?? "")) throw notGotify(info, path);
	const modules = sortModules(info.deps.map((dep) => linkedModule(dep, path)));
	const goVersion = goVersionOf(info, path);
	const { version, commit } = identityOf(info);
	return {
		version,
		tag: null,
		commit,
		goVersion,
		goMod: goModText({
			module: info.main?.path ?? "",
			goVersion,
			modules
		}),
		goSum: modules.map(({ path: name, version: at, sum }) => `${name} ${at} ${sum ?? ""}\n`).join(""),
		buildList: modules,
		pinList: {
			source: "binary",
			modules
		},
		source: {
			kind: "binary",
			path
		}
	};
}
function linkedModule({ replacedBy, ...module }, path) {
	const { sum } = module;
	if (sum !== void 0 && (replacedBy === void 0 || replacedBy === module.path)) return {
		...module,
		sum
	};
	throw new require_start.Failure("input", {
		code: "server-replace",
		what: `this server was built with ${replacedBy === void 0 ? "files without a sum" : replacedBy} in place of ${module.path}, which a plugin cannot be pinned to`,
		remedy: "Use a server that was built from published modules.",
		where: {
			kind: "file",
			file: path
		}
	});
}
function goVersionOf({ goVersion }, path) {
	const version = goVersion.replace(/^go/, "");
	if (require_job.isGoVersion(version)) return threeParts(version);
	throw new require_start.Failure("input", {
		code: "server-go-version",
		what: `this server was built with ${JSON.stringify(goVersion)}, which is no release of Go`,
		remedy: "Use a server that was built with a released Go.",
		where: {
			kind: "file",
			file: path
		}
	});
}
/** As GO_VERSION has it: the first release of a line before Go 1.21 calls itself `go1.20`. */
function threeParts(version) {
	return /^\d+\.\d+$/.test(version) ? `${version}.0` : version;
}
/** The version that a binary says it is (`v3.0.0`); null: it names none, or is no gotify. */
function versionNamed(info) {
	if (info === null || !modulePath.test(info.main?.path ?? "")) return null;
	const version = [setByLinker(info, "Version"), info.main?.version ?? ""].find((text) => (0, import_valid.default)(text) !== null);
	return version === void 0 ? null : `v${version.replace(/^v/, "")}`;
}
function identityOf(info) {
	const commit = [info.settings["vcs.revision"] ?? "", setByLinker(info, "Commit")].find((text) => /^[0-9a-f]{40}$/.test(text)) ?? null;
	return {
		version: versionNamed(info) ?? (commit === null ? "custom" : versionOfCommit(commit)),
		commit
	};
}
/** The server's Makefile sets main.Version and main.Commit by the linker's -X. */
function setByLinker({ settings }, name) {
	return new RegExp(`main\\.${name}=([^\\s'"]+)`).exec(settings["-ldflags"] ?? "")?.[1] ?? "";
}
function goModText({ module, goVersion, modules }) {
	const requires = modules.map(({ path, version }) => `\t${path} ${version}\n`).join("");
	return `module ${module}\n\ngo ${require_job.goLineFor(goVersion)}\n\nrequire (\n${requires})\n`;
}
function notGotify(info, path) {
	const found = info === null ? "it has no Go build info" : `its module is ${info.main?.path ?? "unnamed"}`;
	return new require_start.Failure("input", {
		code: "not-gotify",
		what: `this file is not a gotify server: ${found}`,
		remedy: "Give the path of a gotify server binary, or a version.",
		where: {
			kind: "file",
			file: path
		}
	});
}
// src/gotify/choose.ts
var import_eq = /* @__PURE__ */ require_rolldown_runtime.__toESM(require_start.require_eq(), 1);
var import_gte = /* @__PURE__ */ require_rolldown_runtime.__toESM(require_start.require_gte(), 1);
var import_max_satisfying = /* @__PURE__ */ require_rolldown_runtime.__toESM(require_start.require_max_satisfying(), 1);
var import_satisfies = /* @__PURE__ */ require_rolldown_runtime.__toESM(require_start.require_satisfies(), 1);
var import_rcompare = /* @__PURE__ */ require_rolldown_runtime.__toESM(require_start.require_rcompare(), 1);
var import_prerelease = /* @__PURE__ */ require_rolldown_runtime.__toESM(require_start.require_prerelease(), 1);
/**
* The tag that a version or range means, of those that are there; a range means its newest match, and no pre-release
* unless it names one.
*
* @throws Failure (input) `unknown-version`, which names the nearest
*/
function chooseTag(specifier, tags) {
	const versions = tags.filter((tag) => (0, import_valid.default)(tag) !== null);
	const chosen = specifier.kind === "exact" ? versions.find((tag) => (0, import_eq.default)(tag, specifier.version)) : (0, import_max_satisfying.default)(versions, specifier.range);
	if (chosen !== void 0 && chosen !== null) return chosen;
	throw unknownVersion(specifier, versions);
}
/**
* Every stable tag in a range, newest first (pre-releases only where the range names one).
*
* @throws Failure (input) `unknown-version` where there is none
*/
function chooseTags(specifier, tags) {
	const versions = tags.filter((tag) => (0, import_valid.default)(tag) !== null);
	const chosen = versions.filter((tag) => (0, import_satisfies.default)(tag, specifier.range)).sort(import_rcompare.default);
	if (chosen.length > 0) return chosen;
	throw unknownVersion(specifier, versions);
}
function unknownVersion(specifier, versions) {
	const near = nearest(specifier, versions);
	return new require_start.Failure("input", {
		code: "unknown-version",
		what: specifier.kind === "exact" ? `gotify has no version ${specifier.text}` : `gotify has no stable version that matches ${specifier.text}`,
		remedy: near.length === 0 ? "Check server-api-url: no version at all was found there." : `The nearest ${near.length === 1 ? "is" : "are"} ${near.join(" and ")}.`,
		where: {
			kind: "input",
			input: "server"
		}
	});
}
/** The newest version below and the oldest above. */
function nearest(specifier, versions) {
	const wanted = specifier.kind === "exact" ? specifier.version : (0, import_min_version.default)(specifier.range);
	if (wanted === null) return [];
	const stable = versions.filter((tag) => (0, import_prerelease.default)(tag) === null).sort(import_compare.default);
	return [stable.filter((tag) => (0, import_lt.default)(tag, wanted)).at(-1), stable.find((tag) => (0, import_gte.default)(tag, wanted))].filter((tag) => tag !== void 0);
}
/** The oldest of some tags: what files for a commit with several are called. Null for none. */
function oldestTag(tags) {
	return tags.filter((tag) => (0, import_valid.default)(tag) !== null).sort(import_compare.default)[0] ?? null;
}
// src/gotify/resolve.ts
/**
* The server that one item of the `server` input means, from the API, or from the catalog where the API cannot serve
* (`source` says which; a warning says why).
*
* @throws Failure (input) `unknown-version`, `unknown-ref`, `moved-tag`, `server-too-old` and what the readers of the
* server's files throw; (surroundings) GitHub's, where the catalog does not know the server either
*/
async function resolveServer(specifier, ports) {
	const offline = [];
	const server = await resolveOne(specifier, {
		...ports,
		offline
	});
	tellOffline(offline, ports);
	return server;
}
/**
* The servers that several items mean, in their order, each once; `all:<range>` means every stable match, newest first.
* The API is asked for its tags once, and for nothing that is known of a commit.
*
* @throws Failure as resolveServer does, for the first item that has no server
*/
async function resolveServers(specifiers, ports) {
	const offline = [];
	const shared = {
		...ports,
		github: askedOnce(ports.github),
		offline
	};
	const single = [];
	const names = () => namesOfTags(shared);
	for (const specifier of specifiers) single.push(...await everyOne(specifier, names));
	const servers = /* @__PURE__ */ new Map();
	for (const specifier of single) {
		const server = await resolveOne(specifier, shared);
		const known = servers.get(server.version);
		if (known !== void 0 && !isSame(known, server)) throw twoOfOneVersion(server.version);
		servers.set(server.version, known ?? server);
	}
	tellOffline(offline, ports);
	return [...servers.values()];
}
/** Whether two items mean one server. */
function isSame({ source: a, commit: one }, { source: b, commit: other }) {
	if (a.kind === "binary" || b.kind === "binary") return a.kind === "binary" && b.kind === "binary" && a.path === b.path;
	return one === other;
}
/**
* The tags of the releases that items mean, each once, without a look at what is in them. The catalog does not stand in
* for the API here: whoever asks wants to know what came out since.
*
* @throws Failure (input) `not-a-release` for a branch, a commit or a file, and as resolveServers does; (surroundings)
* GitHub's, whenever the API cannot serve
*/
async function serverTags(specifiers, asked) {
	const github = askedOnce(asked);
	const names = async () => (await github.tags()).map(({ name }) => name);
	const tagMeant = async (specifier) => {
		if (specifier.kind === "ref" || specifier.kind === "binary") throw notARelease(specifier.text);
		if (specifier.kind === "latest") return github.latestRelease();
		refuseTooOld(specifier);
		return chooseTag(specifier, await names());
	};
	const tags = /* @__PURE__ */ new Set();
	for (const specifier of specifiers) for (const single of await everyOne(specifier, names)) tags.add(await tagMeant(single));
	return [...tags];
}
/** `all:<range>` as one item for each of its versions. */
async function everyOne(specifier, names) {
	if (specifier.kind !== "range" || !specifier.every) return [specifier];
	refuseTooOld(specifier);
	const tags = chooseTags(specifier, await names());
	const [newest = ""] = tags;
	if (isTooOld(newest)) throw tooOld(newest);
	return tags.filter((tag) => !isTooOld(tag)).map((tag) => require_start.exactly(tag));
}
/** What no server could serve needs no request. */
function refuseTooOld(specifier) {
	if (specifier.kind === "exact" && isTooOld(specifier.version)) throw tooOld(specifier.text);
	if (specifier.kind === "range" && isRangeTooOld(specifier.range)) throw tooOld(specifier.range);
}
async function namesOfTags({ github, catalog }) {
	try {
		return (await github.tags()).map(({ name }) => name);
	} catch (failure) {
		if (!require_start.cannotServe(failure)) throw failure;
		return catalog.releases.map(({ tag }) => tag);
	}
}
/** The same API, whose lists are read once however often they are asked for. */
function askedOnce(github) {
	let tags = null;
	let latest = null;
	return {
		...github,
		tags: () => tags ??= github.tags(),
		latestRelease: () => latest ??= github.latestRelease()
	};
}
/** One warning for each reason. */
function tellOffline(offline, { reporter }) {
	for (const code of new Set(offline.map(({ failure }) => failure.code))) {
		const those = offline.filter(({ failure }) => failure.code === code);
		const tags = those.map(({ tag }) => tag);
		const message = those[0]?.failure.message ?? "";
		const what = `gotify ${tags.length > 5 ? `${tags.slice(0, 5).join(", ")} and ${String(tags.length - 5)} more` : tags.join(", ")} ${tags.length === 1 ? "is" : "are"} taken from the catalog`;
		reporter.warn(`${what}, as the GitHub API did not serve: ${message}`);
	}
}
async function resolveOne(specifier, ports) {
	switch (specifier.kind) {
		case "binary": return serverFromBinary(specifier.path, ports.openBytes);
		case "ref": return resolveRef(specifier.ref, ports);
		default: return resolveRelease(specifier, ports);
	}
}
async function resolveRelease(specifier, ports) {
	const { github, catalog } = ports;
	if (specifier.kind !== "latest") refuseTooOld(specifier);
	let tag;
	try {
		tag = await releaseAt(specifier, github);
	} catch (failure) {
		if (!require_start.cannotServe(failure)) throw failure;
		return fromCatalog(catalogTag(specifier, {
			catalog,
			failure
		}), {
			failure,
			ports
		});
	}
	if (isTooOld(tag.name)) throw tooOld(tag.name);
	const release = catalog.releases.find(({ tag: name }) => name === tag.name);
	if (release !== void 0 && release.commit !== tag.commit) throw movedTag(release, `leads to ${tag.commit}`);
	try {
		return await fromApi(tag, {
			release,
			ports
		});
	} catch (failure) {
		if (!require_start.cannotServe(failure) || release === void 0) throw failure;
		return fromCatalog(release.tag, {
			failure,
			ports
		});
	}
}
async function releaseAt(specifier, github) {
	const wanted = specifier.kind === "latest" ? await github.latestRelease() : null;
	const tags = await github.tags();
	const name = specifier.kind === "latest" ? wanted : chooseTag(specifier, tags.map((tag) => tag.name));
	const tag = tags.find((candidate) => candidate.name === name);
	if (tag !== void 0) return tag;
	throw new require_start.Failure("surroundings", {
		code: "no-latest-tag",
		what: `the newest release is ${String(name)}, but there is no tag of that name`,
		remedy: "Try again in a minute, or name a version.",
		where: {
			kind: "input",
			input: "server"
		}
	});
}
async function fromApi({ name, commit }, { release, ports }) {
	const server = serverFromFiles(await factsOf(commit, ports), {
		tag: name,
		commit,
		source: apiSource(commit, ports)
	});
	if (release === void 0) return server;
	const known = await ports.catalog.filesOf(name);
	if (!(known?.goVersion === server.goVersion && known.goMod === server.goMod && known.goSum === server.goSum)) throw movedTag(release, "has other content");
	return server;
}
async function fromCatalog(tag, { failure, ports }) {
	const server = await ports.catalog.serverBuild(tag, failure.what);
	if (server === null) throw failure;
	ports.offline.push({
		tag,
		failure
	});
	return server;
}
function catalogTag(specifier, { catalog, failure }) {
	const tags = catalog.releases.map(({ tag }) => tag);
	const [newest, oldest] = [tags[0], tags.at(-1)];
	if (newest === void 0 || oldest === void 0) throw failure;
	if (specifier.kind === "latest") return newest;
	try {
		return chooseTag(specifier, tags);
	} catch {
		throw notInCatalog(failure, `${specifier.text} (it knows ${oldest} to ${newest})`);
	}
}
function notInCatalog(failure, wanted) {
	return new require_start.Failure("surroundings", {
		code: failure.code,
		what: `${failure.what}, and the catalog does not have ${wanted}`,
		remedy: failure.remedy,
		where: {
			kind: "input",
			input: "server"
		},
		cause: failure
	});
}
async function resolveRef(ref, ports) {
	try {
		const commit = await ports.github.commit(ref);
		if (commit === null) throw unknownRef(ref);
		const tag = tagOf(commit.sha, {
			tags: await ports.github.tags(),
			catalog: ports.catalog
		});
		return serverFromFiles(await factsOf(commit.sha, ports), {
			tag,
			commit: commit.sha,
			source: apiSource(commit.sha, ports)
		});
	} catch (failure) {
		if (!require_start.cannotServe(failure)) throw failure;
		return commitOffline(ref, {
			failure,
			ports
		});
	}
}
/** The commit's release tag; a tag that was moved there since it was released is none. */
function tagOf(commit, { tags, catalog }) {
	const moved = (tag) => catalog.releases.some((release) => release.tag === tag.name && release.commit !== commit);
	return oldestTag(tags.filter((tag) => tag.commit === commit && !moved(tag)).map((tag) => tag.name));
}
/** A commit that the catalog knows, or whose facts an earlier run kept. A branch may have moved on: it is neither. */
async function commitOffline(ref, { failure, ports }) {
	const isCommit = /^[0-9a-f]{7,40}$/.test(ref);
	const tag = oldestTag(ports.catalog.releases.filter(({ commit }) => isCommit && commit.startsWith(ref)).map(({ tag }) => tag));
	if (tag !== null) return fromCatalog(tag, {
		failure,
		ports
	});
	const kept = isCommit ? await cachedFacts(ref, ports) : null;
	if (kept === null) throw notInCatalog(failure, ref);
	ports.reporter.warn(`${ref} is taken from the cache, as the GitHub API did not serve: ${failure.message}`);
	return serverFromFiles(kept, {
		tag: null,
		commit: ref,
		source: apiSource(ref, ports)
	});
}
function apiSource(commit, { github }) {
	return {
		kind: "api",
		url: `${github.apiUrl}/${require_start.serverRepository}/contents?ref=${commit}`
	};
}
function movedTag({ tag, commit }, now) {
	return new require_start.Failure("input", {
		code: "moved-tag",
		what: `the tag ${tag} was at ${commit} when it was released, and now ${now}`,
		remedy: `Find out why; to build for what is there now, give the commit in place of ${tag}.`,
		where: {
			kind: "input",
			input: "server"
		}
	});
}
function twoOfOneVersion(version) {
	return new require_start.Failure("input", {
		code: "same-version",
		what: `two different servers say that they are gotify ${version}, and files are named by the version`,
		remedy: "Build for one of them at a time.",
		where: {
			kind: "input",
			input: "server"
		}
	});
}
function notARelease(text) {
	return new require_start.Failure("input", {
		code: "not-a-release",
		what: `${text} is no release of gotify/server, and only releases are followed`,
		remedy: "Write versions, such as all:>=2.9.",
		where: {
			kind: "input",
			input: "server"
		}
	});
}
function unknownRef(ref) {
	return new require_start.Failure("input", {
		code: "unknown-ref",
		what: `gotify/server has no branch or commit ${ref}`,
		remedy: "Write a version such as v2.9.1, or the name of a branch or commit of gotify/server.",
		where: {
			kind: "input",
			input: "server"
		}
	});
}
// src/gotify/remembered-lists.ts
/** Milliseconds that an answer is as good as new: a server comes out every few weeks. */
const freshMs = 6e5;
const Tags = /* @__PURE__ */ array(/* @__PURE__ */ object({
	name: /* @__PURE__ */ string(),
	commit: /* @__PURE__ */ pipe(/* @__PURE__ */ string(), /* @__PURE__ */ regex(/^[0-9a-f]{40}$/))
}));
/**
* The same as resolveServers, with the lists that a run of the last ten minutes has read; where they lack what is asked
* for, it may have come since, and the API is asked after all.
*
* @throws Failure as resolveServers does
*/
async function resolveRemembered(specifiers, ports) {
	const github = rememberingLists(ports.github, ports);
	try {
		return await resolveServers(specifiers, {
			...ports,
			github
		});
	} catch (error) {
		if (!(error instanceof require_start.Failure && ["unknown-version", "no-latest-tag"].includes(error.code)) || !github.hasRecalled()) throw error;
		const asking = rememberingLists(ports.github, {
			...ports,
			isAskedAnew: true
		});
		return await resolveServers(specifiers, {
			...ports,
			github: asking
		});
	}
}
/** The same API, which is asked for its tags and its newest release only every ten minutes, whichever run asks. */
function rememberingLists(github, memory) {
	const { apiUrl } = github;
	const file = (name) => factsFile(name, {
		github,
		cacheDir: memory.cacheDir
	});
	let recalled = false;
	const remembered = async (question) => {
		const known = memory.isAskedAnew === true ? null : await recall(question, memory);
		if (known === null) return keep(question, memory);
		recalled = true;
		return known.answer;
	};
	return {
		...github,
		tags: () => remembered({
			apiUrl,
			file: file("tags"),
			schema: Tags,
			ask: () => github.tags()
		}),
		latestRelease: () => remembered({
			apiUrl,
			file: file("latest"),
			schema: /* @__PURE__ */ string(),
			ask: () => github.latestRelease()
		}),
		hasRecalled: () => recalled
	};
}
async function keep({ apiUrl, file, ask }, memory) {
	const { files, clock, reporter, cacheDir } = memory;
	const answer = await ask();
	try {
		await files.makeDir((0, node_path.join)(cacheDir, "facts"));
		await files.write(file, JSON.stringify({
			apiUrl,
			at: clock.now(),
			answer
		}));
	} catch (error) {
		reporter.detail(`${file} was not written: ${String(error)}`);
	}
	return answer;
}
async function recall({ apiUrl, file, schema }, { files, clock, reporter }) {
	if (await files.stat(file) === null) return null;
	try {
		const noted = parse(/* @__PURE__ */ object({
			apiUrl: /* @__PURE__ */ literal(apiUrl),
			at: /* @__PURE__ */ number(),
			answer: schema
		}), JSON.parse(await files.readText(file)));
		const age = clock.now() - noted.at;
		return age >= 0 && age < freshMs ? noted : null;
	} catch (error) {
		reporter.detail(`${file} is not used: ${String(error)}`);
		return null;
	}
}
// src/pin/effective-changes.ts
/**
* The changes that reach what the plugin is made of: those of go.mod's lines, without modules that supply no package,
* and the modules that go.mod does not name, whose version the pin decides all the same, or nobody does.
*/
function effectiveChanges(effective) {
	const { changes, goMod, listing } = effective;
	const used = usedModules$1(listing);
	const isLine = ({ module }) => module === "go" || module === "toolchain";
	const known = changes.filter((change) => isLine(change) || used.has(change.module));
	return [
		...known.filter(isLine).filter(({ module }) => module !== "go" || effective.tidied === null),
		...tidiedLine(effective),
		...known.filter((change) => !isLine(change)).flatMap((change) => asUsed(change, used)),
		...raised({
			changes,
			goMod,
			used
		}),
		...unnamed(effective, used)
	];
}
function usedModules$1({ packages }) {
	const modules = [...packages.values()].flatMap(({ module }) => module === void 0 ? [] : [module]);
	return new Map(modules.map((module) => [module.path, module]));
}
function tidiedLine({ goMod: { go }, tidied }) {
	const from = go?.version ?? null;
	if (tidied === null || tidied.go === from) return [];
	return [{
		module: "go",
		from,
		to: tidied.go,
		line: go?.line ?? null,
		reach: "direct"
	}];
}
/** What go.mod was made to ask for can still be lower than what another module asks for. */
function asUsed(change, used) {
	const module = used.get(change.module);
	const to = module?.replaces === void 0 ? module?.version ?? change.to : change.to;
	return to === change.from ? [] : [{
		...change,
		to
	}];
}
/** Requirements that stayed as they are, and that those of other modules outdo. */
function raised({ changes, goMod, used }) {
	const known = new Set(changes.map(({ module }) => module));
	const asked = new Set(goMod.requires.map(({ path, version }) => `${path} ${version}`));
	return goMod.requires.flatMap(({ path, version, line, indirect }) => {
		const module = used.get(path);
		if (module === void 0 || module.main || known.has(path)) return [];
		if (module.version === null || module.replaces !== void 0) return [];
		if (asked.has(`${path} ${module.version}`)) return [];
		const reach = indirect ? "transitive" : "direct";
		return [{
			module: path,
			from: version,
			to: module.version,
			line,
			reach
		}];
	});
}
function unnamed({ goMod, pinned, listing, newest }, used) {
	const named = /* @__PURE__ */ new Set([...goMod.requires.map(({ path }) => path), ...goMod.replaces.map(({ old }) => old.path)]);
	const paths = [...pinned, ...newest].map(({ path }) => path);
	return [...new Set(paths)].flatMap((path) => {
		const module = used.get(path);
		if (module === void 0 || named.has(path)) return [];
		return [{
			module: path,
			from: null,
			to: pinned.find((each) => each.path === path)?.version ?? module.version,
			line: null,
			reach: isImportedDirectly(path, listing) ? "direct" : "transitive"
		}];
	});
}
/** Whether a package of the plugin's own module imports one of the module's. */
function isImportedDirectly(module, { packages }) {
	return [...packages.values()].filter((listed) => listed.module?.main === true).some(({ imports }) => imports.some((path) => packages.get(path)?.module?.path === module));
}
// src/pin/language.ts
/** What Go takes for the language of a module whose go.mod has no `go` line (cmd/go/internal/gover, DefaultGoModVersion). */
const withoutLine$1 = "1.16";
/**
* The language version that the plugin's own packages have to be compiled as, `1.18`, where Go left a build-only go.mod
* with another one: from Go 1.21 on it raises the `go` line to the highest among all modules (those of the server,
* too), and adds a missing line. Loop variables, for one, mean something else from Go 1.22 on. Null: it is as it was.
*
* @param made the build-only go.mod
* @param left what go made of it
*/
function ownLanguage(made, left) {
	const wanted = languageOf(made);
	return languageOf(left) === wanted ? null : wanted;
}
function languageOf(goMod) {
	return require_job.languageVersion(require_job.parseModFile(goMod, "go.mod").go?.version ?? withoutLine$1);
}
/** Whether code for one Go means something else, without an error, when it is compiled as another. */
function losesLoopVariables(written, compiled) {
	return require_job.compareGoVersions(require_job.languageVersion(written), "1.22") >= 0 && require_job.compareGoVersions(compiled, "1.22") < 0;
}
/** What it means then: https://go.dev/blog/loopvar-preview. */
const loopsThen = "before Go 1.22 all rounds of a `for` loop share its variables, so functions and goroutines made in one may see others' values";
// src/pin/local-replaces.ts
/**
* The replaces that a build by this rule keeps, each once: `pin` drops those of the server's modules, as the server's
* version must win. Throws Failure `conflicting-replaces` where a kept module has two replacements: Go refuses that
* too, but would name the build-only file.
*/
function keptReplaces(mod, rule, file) {
	const pinned = rule.dependencies === "pin" ? pinnedVersions(mod.module, rule.server) : /* @__PURE__ */ new Map();
	return distinct(mod.replaces.filter(({ old }) => !pinned.has(old.path)), file);
}
/** Path -> version of each module that a pin fixes; a plugin cannot pin itself. */
function pinnedVersions(plugin, server) {
	const others = server.pinList.modules.filter(({ path }) => path !== plugin);
	return new Map(others.map(({ path, version }) => [path, version]));
}
/**
* Points local replaces at where the builder shows their folders. One folder keeps one number, since Go refuses a
* folder that stands for two modules and can only see that while the path is the same.
*
* @param absent folders, as written, that the builder does not show: their lines stay as they are
*/
function rewriteLocalReplaces(replaces, replacedAt, absent = []) {
	const folders = /* @__PURE__ */ new Map();
	const left = new Set(absent.map(folderKey));
	return {
		replaces: replaces.map((replace) => {
			if (replace.new.kind !== "local") return replace;
			const { dir } = replace.new;
			const key = folderKey(dir);
			if (left.has(key)) return replace;
			const known = folders.get(key) ?? {
				index: folders.size,
				dir,
				modules: [],
				line: replace.line
			};
			folders.set(key, {
				...known,
				modules: [.../* @__PURE__ */ new Set([...known.modules, replace.old.path])]
			});
			return {
				...replace,
				new: {
					kind: "local",
					dir: replacedAt(known.index)
				}
			};
		}),
		replaced: [...folders.values()]
	};
}
/** The same for each spelling of a folder. */
function folderKey(dir) {
	return node_path.posix.resolve("/module", dir);
}
function distinct(replaces, file) {
	const known = /* @__PURE__ */ new Map();
	for (const replace of replaces) {
		const key = `${replace.old.path} ${replace.old.version ?? ""}`;
		const before = known.get(key);
		if (before === void 0) known.set(key, replace);
		else if (targetText(before) !== targetText(replace)) throw conflict(before, replace, file);
	}
	return [...known.values()];
}
/** What a module is replaced by, for messages: a version where the path stays, else path and version, or a folder. */
function targetText({ old, new: target }) {
	if (target.kind === "local") return target.dir;
	return target.path === old.path ? target.version : `${target.path} ${target.version}`;
}
function conflict(before, replace, file) {
	const [first, second] = [targetText(before), targetText(replace)];
	return new require_start.Failure("input", {
		code: "conflicting-replaces",
		what: `${replace.old.path} is replaced by ${first} in line ${String(before.line)}, and here by ${second}`,
		remedy: "Keep one of the two replace lines.",
		where: {
			kind: "file",
			file,
			line: replace.line
		}
	});
}
// src/pin/replaced.ts
/**
* Finds the folders that local replaces of the plugin's go.mod name. None of them is written, also where a `go` line is
* too new.
* Throws Failure (input) with the line of the replace: `replaced-folder-missing`, `replaced-not-a-folder`,
* `replaced-without-go-mod`; and as the pin does for a malformed go.mod.
*/
async function collectReplaced(request, files) {
	const mod = require_job.parseModFile(request.goMod, request.file);
	const kept = keptReplaces(mod, request, request.file);
	const required = new Set(mod.requires.map(({ path }) => path));
	const absent = [];
	for (const local of rewriteLocalReplaces(kept, String).replaced) {
		if (local.modules.some((module) => required.has(module))) continue;
		const failure = await unusable(local, request, files);
		if (failure !== null) absent.push({
			dir: local.dir,
			failure
		});
	}
	const dirs = absent.map(({ dir }) => dir);
	const { replaced } = rewriteLocalReplaces(kept, String, dirs);
	return {
		folders: await Promise.all(replaced.map((local) => collect(local, request, files))),
		absent
	};
}
/**
* The build's view of folders whose `go` line is too new: each go.mod with a lower line, laid over the folder's own.
*
* @returns path -> path that stands in for it, both as the go command sees them (`go help build`, -overlay)
*/
function loweredOverlay(folders, places) {
	return Object.fromEntries(folders.filter(({ lowered }) => lowered !== null).map(({ index }) => [`${places.replaced(index)}/go.mod`, `${places.pin}/${loweredName(index)}`]));
}
/** What the lowered go.mod of a folder is called in the pin's folder. */
function loweredName(index) {
	return `replaced-${String(index)}.mod`;
}
/** What the author has to know of folders that are not taken as they are. */
function loweredWarnings(folders, { version, goVersion }) {
	return folders.flatMap(({ dir, modules, line, lowered }) => {
		if (lowered === null) return [];
		const loops = losesLoopVariables(lowered.from, lowered.to) ? `: ${loopsThen}` : "";
		return [{
			text: `${modules.join(" and ")} in ${dir} asks for Go ${lowered.from}, and is compiled with Go ${goVersion} of gotify ${version}${loops}`,
			line
		}];
	});
}
async function unusable(local, request, files) {
	try {
		await moduleFolder(local, request, files);
		return null;
	} catch (error) {
		if (error instanceof require_start.Failure) return error;
		throw error;
	}
}
async function collect(local, request, files) {
	const path = await moduleFolder(local, request, files);
	const file = (0, node_path.join)(path, "go.mod");
	const text = await files.readText(file);
	const go = require_job.dependencyGoLine(text, file);
	const { goVersion } = request.server;
	if (go === null || require_job.compareGoVersions(go.version, goVersion) <= 0) return {
		...local,
		path,
		lowered: null
	};
	const to = require_job.goLineFor(goVersion);
	const goMod = text.slice(0, go.at[0]) + to + text.slice(go.at[1]);
	return {
		...local,
		path,
		lowered: {
			from: go.version,
			to,
			goMod
		}
	};
}
/** The folder, which has a go.mod. */
async function moduleFolder(local, request, files) {
	const source = await realFolder(local, request, files);
	const goMod = (0, node_path.join)(source, "go.mod");
	if ((await files.stat(goMod))?.kind !== "file") throw wrongFolder(local, request, {
		code: "replaced-without-go-mod",
		what: `${local.dir}, which replaces ${local.modules.join(" and ")}, has no go.mod`,
		remedy: `Run \`go mod init ${local.modules[0] ?? ""}\` in that folder, or correct the replace line.`
	});
	return source;
}
async function realFolder(local, request, files) {
	const path = (0, node_path.isAbsolute)(local.dir) ? local.dir : (0, node_path.resolve)(request.moduleDir, local.dir);
	const stat = await files.stat(path);
	if (stat?.kind === "folder") return files.realPath(path);
	const named = `${local.dir}, which replaces ${local.modules.join(" and ")}`;
	if (stat === null) throw wrongFolder(local, request, {
		code: "replaced-folder-missing",
		what: `the folder ${named}, is not there (looked at ${path})`,
		remedy: "Check it out too, or remove the replace line."
	});
	throw wrongFolder(local, request, {
		code: "replaced-not-a-folder",
		what: `${named}, is not a folder (${path})`,
		remedy: "Name the folder that has the module and its go.mod."
	});
}
function wrongFolder({ line }, { file }, parts) {
	return new require_start.Failure("input", {
		...parts,
		where: {
			kind: "file",
			file,
			line
		}
	});
}
// src/plugin/check.ts
/** The module that defines what a plugin is; the server looks both functions up by its types. */
const pluginApi = "github.com/gotify/plugin-api";
/** The code of the failure of a package that is not `main`. */
const notMainCode = "not-a-main-package";
const serverPackage = /^github\.com\/gotify\/server(?:\/|$)/;
/**
* Checks what can be seen before anything is compiled.
*
* @throws Failure (input) where the package is not a main package
* @throws Failure (plugin) where it does not use plugin-api, has the import path that every program's own main package
*   has, or imports packages of the server itself: the server compiles those from its own folder, so that they never match
*/
function checkListing(listing, project) {
	const main = listing.packages.get(listing.main);
	if (main?.name !== "main") throw notMain(project, main?.name ?? "");
	if (listing.main === "main") throw takenPath(project);
	const chain = shortestChain(listing, (path) => isServerPackage(path, listing));
	if (chain !== null) throw importsServer(chain, listing, project);
	if (!listing.packages.has("github.com/gotify/plugin-api")) throw noPluginApi(project);
}
/** A plugin that lives in the server's own repository is that module: its packages are no import of it. */
function isServerPackage(path, { packages }) {
	return serverPackage.test(path) && packages.get(path)?.module?.main !== true;
}
/**
* The import paths from the main package to the nearest one that is wanted, both included; null where none is.
* Of several of one length the first in the order of the import lists.
*/
function shortestChain({ main, packages }, isWanted) {
	const importedBy = /* @__PURE__ */ new Map([[main, null]]);
	for (const path of importedBy.keys()) {
		if (isWanted(path)) return chainTo(path, importedBy);
		for (const next of packages.get(path)?.imports ?? []) if (!importedBy.has(next) && packages.get(next)?.standard === false) importedBy.set(next, path);
	}
	return null;
}
function chainTo(path, importedBy) {
	const chain = [];
	for (let at = path; at !== null; at = importedBy.get(at) ?? null) chain.unshift(at);
	return chain;
}
function notMain(project, name) {
	return new require_start.Failure("input", {
		code: notMainCode,
		what: `the package ${project.packageArg} in ${project.displayDir} is package ${name}, not package main`,
		remedy: "Name the folder of the main package with the package input, for example ./cmd/plugin.",
		where: {
			kind: "input",
			input: "package"
		}
	});
}
/** `go mod init main`: Go's loader compares the plugin's `main` with the server's (golang.org/issue/31048). */
function takenPath({ displayGoMod, goMod }) {
	return new require_start.Failure("plugin", {
		code: "module-called-main",
		what: "the plugin's module is called main, as the main package of every Go program is: the server takes it for another version of its own, and will not load it",
		remedy: "Give the module a path of its own in go.mod, such as `module example.com/my-plugin`, and write it in the imports of its packages too.",
		where: {
			kind: "file",
			file: displayGoMod,
			...goMod.moduleLine === null ? {} : { line: goMod.moduleLine }
		}
	});
}
function importsServer(chain, listing, project) {
	return new require_start.Failure("plugin", {
		code: "imports-server",
		what: `the plugin imports the server's own package ${chain.at(-1) ?? ""} (${chain.join(" -> ")}), which never equals the one inside a server: it will not load`,
		remedy: `Use ${pluginApi} instead: it has all that a plugin may share with the server. ${whatToRemove(chain, listing)}`,
		where: requireLine$1(chain, listing, project)
	});
}
function whatToRemove(chain, { packages }) {
	const [from] = chain.slice(-2);
	const owner = from === void 0 ? void 0 : packages.get(from)?.module;
	if (owner === void 0 || owner.main) return "Remove that import.";
	return `The import is in the dependency ${owner.path}: replace it, or use a version without that import.`;
}
/** The go.mod line that brings the first foreign module of the chain in. */
function requireLine$1(chain, { packages }, project) {
	const foreign = chain.map((path) => packages.get(path)?.module).find((module) => module?.main === false);
	const line = project.goMod.requires.find((require$12) => require$12.path === foreign?.path)?.line;
	return {
		kind: "file",
		file: project.displayGoMod,
		...line === void 0 ? {} : { line }
	};
}
function noPluginApi(project) {
	return new require_start.Failure("plugin", {
		code: "no-plugin-api",
		what: `neither the package ${project.packageArg} nor anything that it imports uses ${pluginApi}: it is not a gotify plugin`,
		remedy: `Import ${pluginApi} and export GetGotifyPluginInfo and NewGotifyPluginInstance; https://gotify.net/docs/plugin-write shows how. If the plugin is another package of the module, name it with the package input.`,
		where: {
			kind: "file",
			file: project.displayGoMod
		}
	});
}
// src/plugin/go-header.ts
/**
* Reads a Go file up to the end of its imports (The Go Programming Language Specification, "Source file
* organization"). Null where the text is no Go file: Go will say why.
*/
function readGoHeader(text) {
	const scanner = new Scanner(text);
	const constraints = [];
	const keyword = scanner.next((comment) => {
		if (/^\/\/(?:go:build\s|\s*\+build\s)/.test(comment)) constraints.push(comment.trimEnd());
	});
	const name = scanner.next();
	if (keyword?.text !== "package" || name?.kind !== "word") return null;
	const imports = readImports(scanner);
	return imports === null ? null : {
		constraints,
		package: name.text,
		imports
	};
}
function readImports(scanner) {
	const imports = [];
	for (let token = scanner.nextItem(); token?.text === "import" && token.kind === "word"; token = scanner.nextItem()) {
		const first = scanner.next();
		const specs = first?.text === "(" ? readGroup(scanner) : [readSpec(scanner, first)];
		for (const spec of specs) {
			if (spec === null) return null;
			imports.push(spec);
		}
	}
	return imports;
}
function readGroup(scanner) {
	const specs = [];
	for (let token = scanner.nextItem(); token?.text !== ")"; token = scanner.nextItem()) {
		const spec = readSpec(scanner, token);
		specs.push(spec);
		if (spec === null) break;
	}
	return specs;
}
/** `"path"`, `name "path"`, `. "path"` or `_ "path"`. */
function readSpec(scanner, first) {
	const isNamed = first?.kind === "word" || first?.text === ".";
	const token = isNamed ? scanner.next() : first;
	if (token?.kind !== "string") return null;
	return {
		name: isNamed ? first?.text ?? null : null,
		path: token.text.slice(1, -1)
	};
}
/** Just enough of Go's tokens for a header. Comments are skipped, semicolons are tokens, line ends are not. */
var Scanner = class {
	text;
	at;
	constructor(text) {
		this.text = text;
		this.at = text.startsWith("﻿") ? 1 : 0;
	}
	/** Null at the end of the text, or where a comment or string has no end. */
	next(onComment) {
		for (;;) {
			const space = this.match(/[\s]+/y);
			const comment = this.match(/\/\/[^\n]*|\/\*[^]*?\*\//y);
			if (comment !== null) onComment?.(comment);
			else if (space === null) return this.token();
		}
	}
	/** The next token that is no semicolon. */
	nextItem() {
		for (;;) {
			const token = this.next();
			if (token?.text !== ";") return token;
		}
	}
	token() {
		const word = this.match(/[\p{L}_][\p{L}\p{Nd}_]*/uy);
		if (word !== null) return {
			kind: "word",
			text: word
		};
		const string = this.match(/"(?:[^"\\\n]|\\.)*"|`[^`]*`/y);
		if (string !== null) return {
			kind: "string",
			text: string
		};
		const other = this.match(/[^]/y);
		return other === null || other === "\"" || other === "`" ? null : {
			kind: "other",
			text: other
		};
	}
	/** What the sticky pattern matches here, which is then passed. */
	match(pattern) {
		pattern.lastIndex = this.at;
		const found = pattern.exec(this.text)?.[0] ?? null;
		this.at += found?.length ?? 0;
		return found;
	}
};
// src/verify/elf-dynamic.ts
/** Section types: .dynamic (gABI), .gnu.version_r (Linux Standard Base, "Symbol Versioning"). */
const dynamicType = 6;
const versionNeedType = 1879048190;
const tagNull = 0;
const tagNeeded = 1;
const maxLibraries = 1e3;
/** The shared libraries that the file needs (DT_NEEDED), in its order. */
function librariesNeeded(layout) {
	const section = findSection(layout, dynamicType);
	if (section === void 0) return [];
	const table = readSection(layout, section);
	const names = linkedStrings(layout, section);
	const half = table.is64 ? 8 : 4;
	const libraries = [];
	for (let at = 0; at + 2 * half <= table.size; at += 2 * half) {
		const tag = table.u32(at);
		if (tag === tagNull) break;
		if (tag !== tagNeeded) continue;
		if (libraries.length >= maxLibraries) throw malformed(layout.source, "section .dynamic", "names too many libraries");
		libraries.push(names.text(table.word(at + half)));
	}
	return libraries;
}
/** The newest `GLIBC_x.y` that the file needs a symbol of, as `x.y`; null: none. */
function glibcNeeded(layout) {
	const section = findSection(layout, versionNeedType);
	if (section === void 0) return null;
	const table = readSection(layout, section);
	const names = linkedStrings(layout, section);
	let newest = null;
	for (const nameAt of versionNames(layout, table)) {
		const version = /^GLIBC_(\d+(?:\.\d+)*)$/.exec(names.text(nameAt))?.[1];
		if (version !== void 0 && (newest === null || compareGlibc(version, newest) > 0)) newest = version;
	}
	return newest;
}
/** The order of GLIBC versions: numbers, part by part. */
function compareGlibc(a, b) {
	const left = a.split(".").map(Number);
	const right = b.split(".").map(Number);
	for (let index = 0; index < Math.max(left.length, right.length); index++) {
		const difference = (left[index] ?? 0) - (right[index] ?? 0);
		if (difference !== 0) return difference;
	}
	return 0;
}
/**
* The name offsets of every version in .gnu.version_r: a chain of libraries, each with a chain of versions, linked by
* relative offsets. Each step must go forward, so the walk ends.
*/
function versionNames(layout, table) {
	const found = [];
	for (const library of chain(layout, table, {
		at: 0,
		next: 12,
		length: 16
	})) {
		const first = table.u32(library + 8);
		if (first === 0) continue;
		for (const version of chain(layout, table, {
			at: library + first,
			next: 12,
			length: 16
		})) {
			found.push(table.u32(version + 8));
			if (found.length * 16 > table.size) throw malformed(layout.source, "section .gnu.version_r", "runs in circles");
		}
	}
	return found;
}
function* chain(layout, table, link) {
	for (let at = link.at; at + link.length <= table.size;) {
		yield at;
		const step = table.u32(at + link.next);
		if (step === 0) return;
		at += step;
	}
	if (table.size > 0) throw malformed(layout.source, "section .gnu.version_r", "points past its end");
}
// src/verify/elf-symbols.ts
const dynsymType = 11;
const functionType = 2;
/** Far more than any real plugin has: a server has 450 packages. */
const maxNames = 5e4;
/** Reads .dynsym in one pass, and gives the symbols with a wanted name; none where the file has no .dynsym. */
function readSymbols(layout, wanted) {
	const section = findSection(layout, dynsymType);
	if (section === void 0) return [];
	const { source, identity } = layout;
	const unit = identity.class === 64 ? 24 : 16;
	const place = placeOf$1(layout, section);
	if (place.size % unit !== 0) throw malformed(source, place.what, "has a size that is no multiple of its entries");
	const strings = linkedStrings(layout, section);
	const names = findNames(layout, strings, wanted);
	const entryNames = {
		unit,
		names,
		hints: hintsOf(names),
		size: strings.place.size
	};
	const found = [];
	for (const window of windows(source, place, { unit })) {
		const entries = new Fields(source, {
			what: place.what,
			bytes: window.bytes,
			is64: unit === 24
		});
		for (const { at, name } of wantedEntries(window, entryNames)) {
			if (name === null) throw malformed(source, place.what, "names a text that is not there");
			if (found.length >= maxNames) throw malformed(source, place.what, "repeats its names");
			found.push(symbolAt(at, {
				entries,
				name
			}));
		}
	}
	return found;
}
/** The entries of a window with a wanted name, or (null) with one outside the string table. */
function wantedEntries({ bytes }, { unit, names, hints, size }) {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
	const hits = [];
	for (let at = 0; at < bytes.length; at += unit) {
		const nameAt = view.getUint32(at, true);
		if (nameAt >= size) hits.push({
			at,
			name: null
		});
		if (hints[nameAt & 65535] === 0) continue;
		const name = names.get(nameAt);
		if (name !== void 0) hits.push({
			at,
			name
		});
	}
	return hits;
}
/** One byte for each value of an offset's lower half: 0 where no name has it. */
function hintsOf(names) {
	const hints = /* @__PURE__ */ new Uint8Array(65536);
	for (const at of names.keys()) hints[at & 65535] = 1;
	return hints;
}
/** An Elf32_Sym or Elf64_Sym (gABI, "Symbol Table"): they have the same fields in another order. */
function symbolAt(at, { entries, name }) {
	const { is64 } = entries;
	return {
		name,
		isFunction: (entries.u8(at + (is64 ? 4 : 12)) & 15) === functionType,
		section: entries.u16(at + (is64 ? 6 : 14)),
		address: entries.word(at + (is64 ? 8 : 4)),
		size: entries.word(at + (is64 ? 16 : 8))
	};
}
/**
* Offset in the string table -> name, for every place where a wanted name may begin. The table is searched, not the
* symbols: that is one native search for each wanted text.
*/
function findNames(layout, strings, wanted) {
	const { source } = layout;
	const { place } = strings;
	const names = /* @__PURE__ */ new Map();
	const starting = wanted.starting.map((text) => Buffer.from(text, "utf8"));
	const ending = wanted.ending.map((text) => Buffer.from(`${text}\0`, "utf8"));
	for (const { at, bytes } of windows(source, place, { overlap: 2 * maxText })) {
		for (const prefix of starting) for (const hit of occurrences(bytes, prefix)) addName(names, {
			at,
			bytes,
			from: hit
		});
		for (const suffix of ending) for (const hit of occurrences(bytes, suffix)) for (let from = hit; from >= 0 && bytes[from] !== 0; from--) addName(names, {
			at,
			bytes,
			from
		});
		if (names.size > maxNames) throw malformed(source, place.what, "repeats its names");
	}
	return names;
}
/** A name without its end is in the next window too, or is too long for a name. */
function addName(names, { at, bytes, from }) {
	const end = bytes.indexOf(0, from);
	if (end >= 0) names.set(at + from, bytes.toString("utf8", from, end));
}
function* occurrences(bytes, wanted) {
	for (let at = bytes.indexOf(wanted); at >= 0; at = bytes.indexOf(wanted, at + wanted.length)) yield at;
}
// src/verify/elf.ts
/** `go:` since Go 1.20, `go.` before. */
const hashPrefixes = ["go:link.pkghashbytes.", "go.link.pkghashbytes."];
/** What gotify looks up in a plugin after opening it (plugin/compat of gotify). */
const wantedFunctions = ["GetGotifyPluginInfo", "NewGotifyPluginInstance"];
const maxPackages = 2e4;
/** 8 bytes now; in old Go the text of a SHA-1, 40. */
const maxHash = 64;
/**
* Reads a little endian ELF file of 32 or 64 bits: headers, dynamic symbols and their names, needed libraries and
* their versions. Nothing else of the file is read.
*
* @throws Failure (input) `malformed-elf`, `not-elf`, `big-endian-elf`, naming the file and the field
*/
function readElf(source) {
	const layout = readLayout(source);
	return {
		layout,
		identity: layout.identity,
		symbols: symbolsOf(layout),
		needed: librariesNeeded(layout),
		glibc: glibcNeeded(layout)
	};
}
/** One Go wrote all of a file: the older prefix is looked for where the newer one is not. */
function symbolsOf(layout) {
	const ending = wantedFunctions.map((name) => `.${name}`);
	const read = (prefix) => readSymbols(layout, {
		starting: [prefix],
		ending
	});
	const [newer, older] = hashPrefixes;
	const symbols = read(newer);
	return symbols.some(({ name }) => name.startsWith(newer)) ? symbols : read(older);
}
/**
* Import path -> link hash in hex: the fingerprint of the package's export data that `plugin.Open` compares.
* A program's own main package is among them.
*
* @throws Failure (input) `malformed-elf` for a hash that is not in the file or is there twice
* @see symtab in cmd/link/internal/ld/symtab.go and plugin_lastmoduleinit in runtime/plugin.go of Go
*/
function linkHashes(elf) {
	const hashes = /* @__PURE__ */ new Map();
	const { symbols, layout } = elf;
	for (const symbol of symbols) {
		const prefix = hashPrefixes.find((start) => symbol.name.startsWith(start));
		if (prefix === void 0) continue;
		const path = unescapePath(symbol.name.slice(prefix.length));
		if (hashes.has(path)) throw malformed(layout.source, symbol.name, "is there twice");
		if (hashes.size >= maxPackages) throw malformed(layout.source, ".dynsym", "names too many packages");
		hashes.set(path, hashBytes(layout, symbol));
	}
	return hashes;
}
function hashBytes(layout, symbol) {
	const section = layout.sections[symbol.section];
	if (section === void 0 || symbol.section === 0) throw malformed(layout.source, symbol.name, "is in no section of the file");
	if (symbol.size === 0 || symbol.size > maxHash) throw malformed(layout.source, symbol.name, `has ${String(symbol.size)} bytes`);
	const { address, size, name } = symbol;
	return Buffer.from(readAt(layout, section, {
		address,
		size,
		what: name
	})).toString("hex");
}
/** The packages that define a function of that name: the file has a symbol `<package>.<name>`. */
function functionOwners(elf, name) {
	const suffix = `.${name}`;
	return (name === "main" ? readSymbols(elf.layout, {
		starting: [],
		ending: [suffix]
	}) : elf.symbols).filter((symbol) => symbol.isFunction && symbol.section !== 0 && symbol.name.endsWith(suffix)).map((symbol) => unescapePath(symbol.name.slice(0, -suffix.length)));
}
/** Import paths in symbol names may have bytes written as %xx (PathToPrefix of cmd/internal/objabi). */
function unescapePath(path) {
	return path.replace(/%([0-9a-f]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
}
// src/pipeline/group-reporter.ts
/** Among several groups a task needs the version of its own. */
function namingReporter(reporter, version) {
	return {
		...bound(reporter),
		task: (title) => reporter.task(`${title} for gotify ${version}`)
	};
}
/** What several groups, plugins or servers have to warn of in the same words is said once. */
function warningOnce(reporter) {
	const said = /* @__PURE__ */ new Set();
	return {
		...bound(reporter),
		warn: (text, where) => {
			const key = JSON.stringify([text, where]);
			if (said.has(key)) return;
			said.add(key);
			reporter.warn(text, where);
		}
	};
}
function bound(reporter) {
	return {
		note: (text) => reporter.note(text),
		warn: (text, where) => reporter.warn(text, where),
		detail: (text) => reporter.detail(text),
		task: (title) => reporter.task(title)
	};
}
// src/go/modedit.ts
/**
* Changes of a go.mod's text. Each touches nothing but what it is asked for: comments, order, blanks and line ends stay
* as the author wrote them. All throw Failure `malformed-go-mod` as parseModFile does; `file` is the name in messages.
*/
/** Gives every `require` line of these modules (path -> version) that version. */
function setRequires(text, file, versions) {
	return applyEdits(text, require_job.parseModFile(text, file).requires.flatMap(({ path, version, versionAt: [start, end] }) => {
		const to = versions.get(path);
		return to === void 0 || to === version ? [] : [{
			start,
			end,
			text: to
		}];
	}));
}
/** Gives the `go` line another version; a file without one stays as it is. */
function setGoLine(text, file, version) {
	const token = directiveOf(text, file, "go")?.args[0];
	if (token === void 0) return text;
	return applyEdits(text, [{
		start: token.offset,
		end: token.offset + token.text.length,
		text: version
	}]);
}
/** Removes the `toolchain` line with the comment at its end; comments above it stay. */
function dropToolchain(text, file) {
	const directive = directiveOf(text, file, "toolchain");
	return directive === void 0 ? text : withoutLine(text, directive.start);
}
/**
* Adds `require MODULE VERSION // indirect` for each module: after the last line of that kind, else in a block of its
* own after the last requirement (which is how the go command keeps them from Go 1.17 on), else at the end.
*/
function addIndirect(text, file, modules) {
	const requires = require_job.readDirectives({
		text,
		file
	}).filter(({ verb }) => verb === "require");
	const neighbour = requires[require_job.parseModFile(text, file).requires.findLastIndex(({ indirect }) => indirect)];
	const lines = modules.map(({ path, version }) => `${require_job.autoQuote(path)} ${version} // indirect`);
	if (lines.length === 0) return text;
	if (neighbour !== void 0) {
		const prefix = isInBlock(neighbour) ? "	" : "require ";
		return insertAfterLine(text, neighbour.start.offset, lines.map((line) => prefix + line));
	}
	const block = [
		"",
		"require (",
		...lines.map((line) => `\t${line}`),
		")"
	];
	const last = requires.at(-1);
	return insertAfterLine(text, last === void 0 ? Math.max(0, text.length - 1) : endOfStatement(text, last), block);
}
/** `\r\n` where most lines of the text end so. */
function lineEndOf(text) {
	const all = text.split("\n").length - 1;
	return (text.split("\r\n").length - 1) * 2 > all ? "\r\n" : "\n";
}
/** The text with every line ending as asked. */
function withLineEnd(text, end) {
	return text.replace(/\r?\n/g, end);
}
/** Edits in the order of the text. */
function applyEdits(text, edits) {
	let result = "";
	let done = 0;
	for (const edit of edits) {
		result += text.slice(done, edit.start) + edit.text;
		done = edit.end;
	}
	return result + text.slice(done);
}
function directiveOf(text, file, verb) {
	require_job.parseModFile(text, file);
	return require_job.readDirectives({
		text,
		file
	}).find((directive) => directive.verb === verb);
}
/** In a block the verb stands before the parenthesis, and a line starts with its first argument. */
function isInBlock({ start, args }) {
	return start === args[0];
}
/** An offset on the last line of the statement that a directive belongs to: that of its block's parenthesis. */
function endOfStatement(text, directive) {
	if (!isInBlock(directive)) return directive.start.offset;
	const closing = /\n[ \t\r]*\)/g;
	closing.lastIndex = directive.start.offset;
	const found = closing.exec(text);
	return found === null ? text.length : found.index + found[0].length - 1;
}
function insertAfterLine(text, offset, lines) {
	const end = lineEndOf(text);
	const lineEnd = text.indexOf("\n", offset);
	const added = lines.map((line) => line + end).join("");
	if (lineEnd !== -1) return text.slice(0, lineEnd + 1) + added + text.slice(lineEnd + 1);
	return text + (text === "" ? "" : end) + added;
}
function withoutLine(text, { offset }) {
	const start = offset === 0 ? 0 : text.lastIndexOf("\n", offset - 1) + 1;
	const lineEnd = text.indexOf("\n", offset);
	const before = text.slice(0, start);
	const after = lineEnd === -1 ? "" : text.slice(lineEnd + 1);
	const blankBefore = /(?:^|\n)[ \t\r]*\n$/.exec(before);
	const blankAfter = /^[ \t\r]*\n/.exec(after);
	if ((before === "" || blankBefore !== null) && blankAfter !== null) return before + after.slice(blankAfter[0].length);
	return (after === "" && blankBefore !== null ? before.replace(/\r?\n[ \t\r]*$/, "") : before) + after;
}
// src/pin/print.ts
/** The text of a build-only go.mod: one directive a line, which every Go since 1.11 reads. */
function printBuildOnly(mod) {
	return `${[
		"// Made by gotify-plugin-build for one build. The plugin has its own go.mod.",
		`module ${require_job.autoQuote(mod.module)}`,
		...mod.go === null ? [] : [`go ${mod.go}`],
		...mod.toolchain === null ? [] : [`toolchain ${mod.toolchain}`],
		...mod.godebugs.map(({ key, value }) => `godebug ${key}=${value}`),
		...mod.requires.map(requireLine),
		...mod.tools.map(({ path }) => `tool ${require_job.autoQuote(path)}`),
		...mod.ignores.map(({ path }) => `ignore ${require_job.autoQuote(path)}`),
		...mod.excludes.map(({ path, version }) => `exclude ${require_job.autoQuote(path)} ${version}`),
		...mod.replaces.map(replaceLine)
	].join("\n")}\n`;
}
function requireLine({ path, version, indirect }) {
	return `require ${require_job.autoQuote(path)} ${version}${indirect ? " // indirect" : ""}`;
}
function replaceLine({ old, new: target }) {
	return `replace ${old.version === null ? require_job.autoQuote(old.path) : `${require_job.autoQuote(old.path)} ${old.version}`} => ${target.kind === "local" ? require_job.autoQuote(target.dir) : `${require_job.autoQuote(target.path)} ${target.version}`}`;
}
// src/pin/pin.ts
/**
* Pins a plugin to every module of the server (`dependencies: pin`): the plugin's go.mod, plus `replace M => M VERSION`
* without a version on the left for each module M of the pin list, so that minimal version selection cannot raise one
* again. Lines that could beat a pin, or that an older Go does not know, are left out.
* Throws Failure where go.mod or go.sum is malformed, or the two go.sum files contradict each other.
*/
function pinModule(request) {
	const { file, server } = request;
	const mod = parsePlugin(request);
	const pinned = pinnedVersions(mod.module, server);
	const local = rewriteLocalReplaces(keptReplaces(mod, {
		dependencies: "pin",
		server
	}, file), request.replacedAt, request.absent);
	const go = mod.go === null ? null : require_job.fittingGoLine(mod.go.version, server.goVersion);
	return {
		goMod: printBuildOnly({
			module: mod.module,
			go,
			toolchain: null,
			requires: mod.requires,
			excludes: mod.excludes.filter(({ path }) => !pinned.has(path)),
			replaces: [...local.replaces, ...pinLines(pinned)],
			tools: [],
			godebugs: [],
			ignores: []
		}),
		goSum: withServerSums(request),
		changes: [...lineChanges(mod, {
			go,
			toolchain: null
		}), ...moduleChanges(mod, pinned)],
		warnings: [
			...ownModuleWarnings(mod, server),
			...droppedLineWarnings(mod, pinned),
			...loopWarnings(mod, server)
		],
		replaced: local.replaced
	};
}
/**
* The plugin's own versions (`dependencies: keep`): nothing is pinned, and a `go` line that is too new stays, so that
* Go itself says so. Only local replaces move, and lines go that the server's Go could not even read.
* Throws Failure as pinModule does.
*/
function keepModule(request) {
	const { goVersion } = request.server;
	const { go, toolchain } = parsePlugin(request);
	return ownVersions(request, {
		go: go === null ? null : readableGoLine(go.version, goVersion),
		toolchain: require_job.knowsThreeParts(goVersion) ? toolchain?.name ?? null : null
	});
}
/**
* The same for listing what the plugin itself picks: a `go` or `toolchain` line that is too new for the server's Go does
* not stand in the way. Throws Failure as pinModule does.
*/
function unpinnedModule(request) {
	const { go } = parsePlugin(request);
	return ownVersions(request, {
		go: go === null ? null : require_job.fittingGoLine(go.version, request.server.goVersion),
		toolchain: null
	});
}
function ownVersions(request, lines) {
	const { file, goSum, server } = request;
	const mod = parsePlugin(request);
	const local = rewriteLocalReplaces(keptReplaces(mod, {
		dependencies: "keep",
		server
	}, file), request.replacedAt, request.absent);
	const knows = (since) => require_job.compareGoVersions(server.goVersion, since) >= 0;
	return {
		goMod: printBuildOnly({
			module: mod.module,
			...lines,
			requires: mod.requires,
			excludes: mod.excludes,
			replaces: local.replaces,
			godebugs: knows("1.23") ? mod.godebugs : [],
			tools: knows("1.24") ? mod.tools : [],
			ignores: knows("1.25") ? mod.ignores : []
		}),
		goSum: goSum ?? "",
		changes: lineChanges(mod, lines),
		warnings: loopWarnings(mod, server),
		replaced: local.replaced
	};
}
/** The plugin's go.sum and the server's in one, so that Go checks each module against both. */
function withServerSums({ file, goSum, server }) {
	const names = {
		a: file.replace(/\.mod$/, ".sum"),
		b: `the go.sum of gotify ${server.version}`
	};
	return unionSums(goSum ?? "", server.goSum, names);
}
function parsePlugin({ goMod, file }) {
	const mod = require_job.parseModFile(goMod, file);
	if (mod.module !== "") return mod;
	throw new require_start.Failure("input", {
		code: "no-module-line",
		what: "go.mod does not say which module it is",
		remedy: "Add a line such as `module example.com/my-plugin`.",
		where: {
			kind: "file",
			file,
			line: 1
		}
	});
}
/** Before Go 1.21 a `go` line of three parts is a syntax error. */
function readableGoLine(version, goVersion) {
	return require_job.knowsThreeParts(goVersion) ? version : require_job.languageVersion(version);
}
function pinLines(pinned) {
	return [...pinned].map(([path, version]) => ({
		old: {
			path,
			version: null
		},
		new: {
			kind: "module",
			path,
			version
		}
	}));
}
function lineChanges(mod, built) {
	return [{
		module: "go",
		from: mod.go?.version,
		to: built.go,
		line: mod.go?.line
	}, {
		module: "toolchain",
		from: mod.toolchain?.name,
		to: built.toolchain,
		line: mod.toolchain?.line
	}].flatMap(({ module, from, to, line }) => from === void 0 || line === void 0 || from === to ? [] : [{
		module,
		from,
		to,
		line,
		reach: "direct"
	}]);
}
/** What the pins change: requires at another version, and replaces of the server's modules by something else. */
function moduleChanges(mod, pinned) {
	const replaced = mod.replaces.filter(({ old }) => isUnrequired(mod, old.path));
	return [...mod.requires.map((require$10) => {
		const replace = replaceOf(mod, require$10);
		const { path, version, line, indirect } = require$10;
		const reach = indirect ? "transitive" : "direct";
		return replace === void 0 ? {
			module: path,
			from: version,
			line,
			reach
		} : {
			module: path,
			from: targetText(replace),
			line: replace.line,
			reach
		};
	}), ...replaced.map((replace) => ({
		module: replace.old.path,
		from: targetText(replace),
		line: replace.line,
		reach: "transitive"
	}))].flatMap((change) => {
		const to = pinned.get(change.module);
		return to === void 0 || to === change.from ? [] : [{
			...change,
			to
		}];
	});
}
function isUnrequired(mod, path) {
	return !mod.requires.some((require$11) => require$11.path === path);
}
/** The replace that Go would use for a required version: one for that version comes before one for all. */
function replaceOf(mod, { path, version }) {
	const candidates = mod.replaces.filter(({ old }) => old.path === path);
	return candidates.find(({ old }) => old.version === version) ?? candidates.find(({ old }) => old.version === null);
}
function ownModuleWarnings(mod, server) {
	if (!server.pinList.modules.some(({ path }) => path === mod.module)) return [];
	return [{
		text: `the plugin's own module path ${mod.module} is that of a module in gotify ${server.version}: packages that both have cannot match`,
		line: null
	}];
}
function loopWarnings(mod, { version, goVersion }) {
	if (mod.go === null || !losesLoopVariables(mod.go.version, goVersion)) return [];
	return [{
		text: `the plugin asks for Go ${mod.go.version}, and gotify ${version} is built with Go ${goVersion}: ${loopsThen}`,
		line: mod.go.line
	}];
}
function droppedLineWarnings(mod, pinned) {
	const warnings = [];
	for (const replace of mod.replaces) {
		const version = pinned.get(replace.old.path);
		if (version === void 0 || version === targetText(replace)) continue;
		const text = `the replacement of ${replace.old.path} by ${targetText(replace)} is not used: the server has ${version}, and a plugin must have the same`;
		warnings.push({
			text,
			line: replace.line
		});
	}
	for (const { path, version, line } of mod.excludes) {
		if (pinned.get(path) !== version) continue;
		const text = `${path} ${version} is excluded, and used all the same: it is the version in the server`;
		warnings.push({
			text,
			line
		});
	}
	return warnings;
}
// src/pin/cap.ts
/**
* `dependencies: cap`: the plugin's go.mod with the rule `gomod-cap` applied, as a build-only file for a following
* `go mod tidy`. Throws Failure as keepModule does.
*/
function capModule(request) {
	const capped = capText(request);
	const kept = keepModule({
		...request,
		goMod: capped.text
	});
	return {
		...kept,
		goSum: withServerSums(request),
		changes: [...kept.changes, ...capped.changes]
	};
}
/**
* The rule of gotify's own gomod-cap (github.com/gotify/plugin-api, cmd/gomod-cap): each module that both go.mod files
* require gets the server's version, up or down. Nothing else in the text changes: comments, order and line ends stay.
*/
function capText(request) {
	const { goMod, file, server } = request;
	const required = require_job.parseModFile(server.goMod, `go.mod of gotify ${server.version}`).requires;
	const versions = new Map(required.map(({ path, version }) => [path, version]));
	const changes = require_job.parseModFile(goMod, file).requires.flatMap(({ path, version, indirect, line }) => {
		const to = versions.get(path);
		if (to === void 0 || to === version) return [];
		return [{
			module: path,
			from: version,
			to,
			line,
			reach: indirect ? "transitive" : "direct"
		}];
	});
	return {
		text: setRequires(goMod, file, versions),
		changes
	};
}
// src/check/importance.ts
/**
* For sort: what matters most comes first. Conflicts before drifts before notes; of one level what is about the plugin
* as a whole or a direct requirement before what is reached transitively; then as they stand in the files.
*/
function byImportance(a, b) {
	return levels.indexOf(a.level) - levels.indexOf(b.level) || Number(follows(a)) - Number(follows(b)) || Number(a.reach === "transitive") - Number(b.reach === "transitive") || compareText(fileOf(a), fileOf(b)) || lineOf(a) - lineOf(b) || compareText(a.module ?? "", b.module ?? "");
}
/** It says nothing but that other conflicts have consequences. */
function follows({ code }) {
	return code === "rejected-follows";
}
function fileOf({ where }) {
	return where?.kind === "file" ? where.file : "";
}
function lineOf({ where }) {
	return where?.kind === "file" ? where.line ?? 0 : 0;
}
function compareText(a, b) {
	return a < b ? -1 : a > b ? 1 : 0;
}
// src/go/replace.ts
/**
* The replace that Go uses for a module: one for the version that is picked beats one for all, and of two of the same
* the last counts: https://go.dev/ref/mod#go-mod-file-replace.
*
* @param version the version that is picked; undefined: none is known
*/
function replaceInUse({ replaces }, path, version) {
	const own = replaces.filter(({ old }) => old.path === path);
	return own.findLast(({ old }) => version !== void 0 && old.version === version) ?? own.findLast(({ old }) => old.version === null);
}
// src/check/picked.ts
/**
* What Go picks of a module as far as the lines of one go.mod decide it: requires of excluded versions are ignored, the
* highest of the others counts, a replace of that version beats a replace of all versions, and of two replaces of the
* same the last counts. Sources: https://go.dev/ref/mod#go-mod-file-exclude and #go-mod-file-replace.
*
* @param setTo the version that every require line of the module gets first; undefined: they stay as they are
*/
function pick(mod, path, setTo) {
	const excluded = mod.excludes.filter((exclude) => exclude.path === path).map(({ version }) => version);
	const require$9 = mod.requires.filter((line) => line.path === path).map((line) => setTo === void 0 ? line : {
		...line,
		version: setTo
	}).filter(({ version }) => !excluded.includes(version)).reduce(higher, void 0);
	const replace = replaceInUse(mod, path, require$9?.version);
	return {
		require: require$9,
		replace,
		used: replace === void 0 ? require$9?.version ?? null : targetText(replace)
	};
}
function higher(a, b) {
	return a === void 0 || require_job.compareModuleVersions(b.version, a.version) > 0 ? b : a;
}
// src/check/notes.ts
/** What every gotify declares as its module: `/v2` since 2.0, in version 3 too. */
const serverPath = /^github\.com\/gotify\/server(?:\/v\d+)?$/;
/** The module path in go.mod of https://github.com/gotify/plugin-template, in each of its versions. */
const templatePath = "github.com/gotify/plugin-template";
/** Requires of the server's own module: whether a package of it is imported, the lines cannot tell. */
function serverModuleFindings(context) {
	return named(context, (path) => serverPath.test(path)).map((path) => {
		const { plugin, ...found } = requireFinding(path, context);
		return {
			...found,
			level: "drift",
			kind: "server-module",
			code: "server-module",
			plugin,
			what: `go.mod requires the server's own module ${path} ${plugin}: a plugin that imports a package of it never loads`,
			remedy: "Remove the requirement, and use github.com/gotify/plugin-api: it has all that a plugin may share with the server."
		};
	});
}
/** Modules that the plugin brings along, as the server does not have them. */
function ownModuleFindings(context) {
	const { server, versions } = context;
	const listed = new Set(server.buildList.map(({ path }) => path));
	const isOwn = (path) => !versions.has(path) && !listed.has(path) && !serverPath.test(path) && path !== context.mod.module;
	return named(context, isOwn).map((path) => {
		const found = requireFinding(path, context);
		return {
			...found,
			level: "note",
			kind: "own-module",
			code: "own-module",
			what: `${path} ${found.plugin} is the plugin's own: gotify ${server.version} does not have it`,
			remedy: "Nothing to do, unless another plugin of the same server has another version of it: the second one to load is refused."
		};
	});
}
/** A plugin cannot pin itself: packages that it and the server's module both have are never the same. */
function modulePathFindings({ mod, file, server }) {
	const theirs = server.pinList.modules.find(({ path }) => path === mod.module);
	if (theirs === void 0) return [];
	return [{
		level: "drift",
		kind: "module-path",
		code: "module-path",
		module: mod.module,
		plugin: null,
		server: theirs.version,
		reach: null,
		what: `the plugin's own module path ${mod.module} is that of a module in gotify ${server.version}: a package that both have makes the server refuse the plugin`,
		remedy: "Give the module a path of its own: `go mod edit -module=github.com/you/your-plugin`. Imports of its own packages change with it.",
		where: {
			kind: "file",
			file,
			line: mod.moduleLine ?? 1
		}
	}];
}
/** The template's module path: two plugins that kept it cannot be in one server. */
function templateFindings({ mod, file }) {
	if (mod.module !== templatePath) return [];
	return [{
		level: "note",
		kind: "template-path",
		code: "template-path",
		module: templatePath,
		plugin: templatePath,
		server: null,
		reach: null,
		what: "the module still has the plugin template's path: of two such plugins in one server the second is refused (plugin already loaded)",
		remedy: "Give it a path of its own, such as its repository's: `go mod edit -module=github.com/you/your-plugin`. Imports of its own packages change with it.",
		where: {
			kind: "file",
			file,
			line: mod.moduleLine ?? 1
		}
	}];
}
/** The paths of required modules, each once, in the order of the file. */
function named({ mod }, isWanted) {
	return [...new Set(mod.requires.map(({ path }) => path))].filter(isWanted);
}
function requireFinding(path, { mod, file }) {
	const lines = mod.requires.filter((require$8) => require$8.path === path);
	const { require: require$7, used } = pick(mod, path);
	const shown = require$7 ?? lines[0];
	return {
		module: path,
		plugin: used ?? shown?.version ?? "",
		server: null,
		reach: lines.some(({ indirect }) => !indirect) ? "direct" : "transitive",
		where: {
			kind: "file",
			file,
			...shown === void 0 ? {} : { line: shown.line }
		}
	};
}
// src/check/replaced.ts
/** What is wrong with a replace, and what to do: a conflict where the build may use it, else drift. */
function replacedFinding(module) {
	const { replace, isUsed, version, server, file } = module;
	const { path } = replace.old;
	const target = targetText(replace);
	const old = replace.old.version === null ? path : `${path} ${replace.old.version}`;
	const named = module.isRequired ? "" : ", which it does not require,";
	return {
		level: isUsed ? "conflict" : "drift",
		kind: "replaced",
		code: "replaced",
		module: path,
		plugin: target,
		server: version,
		reach: module.reach,
		what: `go.mod replaces ${old}${named} by ${target}; gotify ${server} has ${version}`,
		remedy: remedyOf(module),
		where: {
			kind: "file",
			file,
			line: replace.line
		}
	};
}
function remedyOf({ isUsed, version, dependencies }) {
	if (isUsed) return "Remove the replace line. Or build with `dependencies: pin`, which does not use it.";
	return dependencies === "pin" ? `Remove the replace line: the build uses ${version}.` : `Remove the replace line, or make sure that it is not used: the plugin must have ${version}.`;
}
// src/check/untidy.ts
/** So many modules are named of each sort. */
const mostNamed = 3;
/**
* What `go mod tidy` would do to a plugin's go.mod, and what it would add to go.sum: lines there that are no longer needed
* do no harm. Only requirements and the `go` line are looked at, as tidy changes nothing else that matters.
*
* @param file the name of go.mod for messages
*/
function untidyFindings(own, tidied, { author, file }) {
	const { added, removed, changed } = requireChanges(own.mod, tidied.mod);
	const sums = missingSums(own.sum, tidied.sum);
	const parts = [
		...added.length === 0 ? [] : [`adds ${someNames(added)}`],
		...removed.length === 0 ? [] : [`removes ${someNames(removed)}`],
		...changed.length === 0 ? [] : [`changes ${someNames(changed)}`],
		...own.mod.go?.version === tidied.mod.go?.version ? [] : ["changes the go line"],
		...sums === 0 ? [] : [`adds ${sums === 1 ? "1 line" : `${String(sums)} lines`} to go.sum`]
	];
	if (parts.length === 0) return [];
	const line = author.requires.find(({ path }) => removed.includes(path) || changed.includes(path))?.line;
	return [untidyFinding(`\`go mod tidy\` ${parts.join(", ")}`, {
		file,
		line
	})];
}
/** @param why what shows it, after a colon; @param place of go.mod, for messages */
function untidyFinding(why, { file, line }) {
	return {
		level: "note",
		kind: "not-tidy",
		code: "not-tidy",
		module: null,
		plugin: null,
		server: null,
		reach: null,
		what: `go.mod is not tidy: ${why}`,
		remedy: "Run `go mod tidy` and commit what it changes.",
		where: {
			kind: "file",
			file,
			...line === void 0 ? {} : { line }
		}
	};
}
function requireChanges(own, tidied) {
	const [before, after] = [byPath(own), byPath(tidied)];
	const common = [...before.keys()].filter((path) => after.has(path));
	return {
		added: [...after.keys()].filter((path) => !before.has(path)),
		removed: [...before.keys()].filter((path) => !after.has(path)),
		changed: common.filter((path) => linesText(before.get(path)) !== linesText(after.get(path)))
	};
}
function byPath({ requires }) {
	const lines = /* @__PURE__ */ new Map();
	for (const require$6 of requires) lines.set(require$6.path, [...lines.get(require$6.path) ?? [], require$6]);
	return lines;
}
/** Versions and marks; of two lines for one module tidy leaves one. */
function linesText(lines = []) {
	return lines.map(({ version, indirect }) => `${version}${indirect ? " // indirect" : ""}`).join("\n");
}
function missingSums(own, tidied) {
	const known = new Set(own.entries.map(({ path, version }) => `${path} ${version}`));
	return tidied.entries.filter(({ path, version }) => !known.has(`${path} ${version}`)).length;
}
/** The first few names, and how many more there are. */
function someNames(paths) {
	const more = paths.length - mostNamed;
	return more > 0 ? `${paths.slice(0, mostNamed).join(", ")} and ${String(more)} more` : paths.join(", ");
}
// src/check/listed.ts
/**
* Where the modules that really go into a plugin are not what the server has: other versions, also of modules that go.mod
* does not name, and replacements. The server's own module is left to the lines, and to what the build says of it.
*/
function listedFindings(request) {
	const versions = pinnedVersions(request.mod.module, request.server);
	return usedModules(request).flatMap((module) => {
		const version = versions.get(module.path);
		return version === void 0 ? [] : sharedModule(module, version, request);
	});
}
/** The modules that a plugin has packages of and the server has not: as they are built in, so of what is built. */
function listedOwnModules(request) {
	const versions = pinnedVersions(request.mod.module, request.server);
	return usedModules(request).filter(({ path }) => !versions.has(path) && !serverPath.test(path)).map((module) => ownModule(module, request));
}
/**
* What a listing alone shows of an untidy go.mod: since Go 1.17 a tidy one names every module that supplies a package:
* https://go.dev/ref/mod#go-mod-file-go.
*/
function unnamedFindings(request) {
	const { mod, file } = request;
	const old = mod.go === null || require_job.compareGoVersions(mod.go.version, "1.17") < 0;
	const missing = usedModules(request).filter(({ path }) => !mod.requires.some((require$1) => require$1.path === path));
	return old || missing.length === 0 ? [] : [untidyFinding(`it does not require ${someNames(missing.map(({ path }) => path))}, though the plugin is made with it`, { file })];
}
/** The paths of all modules that supply a package. */
function supplyingModules({ packages }) {
	return new Set([...packages.values()].flatMap(({ module }) => module === void 0 ? [] : [module.path]));
}
function usedModules({ mod, file, listing }) {
	const modules = /* @__PURE__ */ new Map();
	for (const { module } of listing.packages.values()) if (module !== void 0 && !module.main) modules.set(module.path, module);
	return [...modules.values()].flatMap((module) => {
		const { path, replaces } = module;
		const replace = replaces === void 0 ? void 0 : replaceInUse(mod, path, replaces);
		const version = replace === void 0 ? module.version : targetText(replace);
		return version === null ? [] : [{
			path,
			version,
			replace,
			...placeOf(path, {
				mod,
				file,
				listing
			})
		}];
	});
}
/** Where go.mod brings a module of the listing in: its own require line, else the line of what imports it. */
function placeOf(path, { mod, file, listing }) {
	const own = mod.requires.filter((require$2) => require$2.path === path);
	const shown = pick(mod, path).require ?? own[0];
	if (shown !== void 0) return {
		reach: own.some(({ indirect }) => !indirect) ? "direct" : "transitive",
		where: {
			kind: "file",
			file,
			line: shown.line
		}
	};
	const moduleOf = (name) => listing.packages.get(name)?.module?.path;
	const line = (shortestChain(listing, (name) => moduleOf(name) === path) ?? []).map((name) => mod.requires.find((require$3) => require$3.path === moduleOf(name))?.line).find((found) => found !== void 0);
	return {
		reach: "transitive",
		where: {
			kind: "file",
			file,
			...line === void 0 ? {} : { line }
		}
	};
}
/** A module that the server has too, at that version. */
function sharedModule(module, version, request) {
	const { path, replace, reach } = module;
	const { mod, file, server, dependencies } = request;
	const capped = dependencies === "cap" ? mod.replaces.findLast(({ old }) => old.path === path && old.version === version) : void 0;
	const replaces = [.../* @__PURE__ */ new Set([replace, capped])].flatMap((each) => {
		if (each === void 0 || targetText(each) === version) return [];
		const isUsed = dependencies === "keep" || dependencies === "cap" && usedByCap(each, version);
		const isRequired = mod.requires.some((require$4) => require$4.path === path);
		return [replacedFinding({
			version,
			server: server.version,
			file,
			dependencies,
			replace: each,
			isUsed,
			isRequired,
			reach
		})];
	});
	return replace === void 0 && module.version !== version ? [...replaces, otherVersion(module, version, request)] : replaces;
}
function usedByCap({ old }, version) {
	return old.version === null || old.version === version;
}
function otherVersion({ path, version, reach, where }, to, request) {
	const { mod, server } = request;
	const named = mod.requires.some((require$5) => require$5.path === path);
	const order = require_job.compareModuleVersions(version, to) < 0 ? "older" : "newer";
	return {
		level: "drift",
		kind: "version",
		code: "version",
		module: path,
		plugin: version,
		server: to,
		reach,
		what: `the plugin is made with ${path} ${version}${named ? "" : ", which its dependencies bring in"}: ${order} than ${to} of gotify ${server.version}`,
		remedy: `Require the server's version: \`go get ${path}@${to}\`. With \`dependencies: pin\` the build uses it in any case.`,
		where
	};
}
function ownModule({ path, version, reach, where }, { server }) {
	return {
		level: "note",
		kind: "own-module",
		code: "own-module",
		module: path,
		plugin: version,
		server: null,
		reach,
		what: `${path} ${version} is the plugin's own: gotify ${server.version} does not have it`,
		remedy: "Nothing to do, unless another plugin of the same server has another version of it: the second one to load is refused.",
		where
	};
}
// src/check/go-lines.ts
/** What the `go` and the `toolchain` line ask for, where it is a newer Go than the server's. */
function goLineFindings(context) {
	return [goFinding(context), toolchainFinding(context)].filter((finding) => finding !== null);
}
function goFinding({ mod, file, server, dependencies }) {
	const { goVersion } = server;
	if (mod.go === null || !isNewer(mod.go.version, goVersion)) return null;
	const { version, line } = mod.go;
	const advice = `Write \`go ${require_job.goLineFor(goVersion)}\`, and code that needs no newer one`;
	const refused = dependencies !== "pin" && require_job.knowsThreeParts(goVersion);
	return {
		level: refused ? "conflict" : "drift",
		kind: "go",
		code: "go",
		module: "go",
		plugin: version,
		server: goVersion,
		reach: null,
		what: `go.mod asks for Go ${version}, newer than Go ${goVersion} of gotify ${server.version}`,
		remedy: refused ? `${advice}. Or build with \`dependencies: pin\`, which lowers the line.` : `${advice}: the plugin is compiled with Go ${goVersion} in any case.`,
		where: {
			kind: "file",
			file,
			line
		}
	};
}
/** A Go before 1.21 looks at the two first numbers of a `go` line. */
function isNewer(version, goVersion) {
	const read = require_job.knowsThreeParts(goVersion) ? version : require_job.languageVersion(version);
	return require_job.compareGoVersions(read, goVersion) > 0;
}
/** No conflict: the build never switches toolchains, so that the line has no effect on it. */
function toolchainFinding({ mod, file, server }) {
	const { goVersion } = server;
	if (mod.toolchain === null) return null;
	const { name, line } = mod.toolchain;
	const version = require_job.toolchainVersion(name);
	if (version === null || require_job.compareGoVersions(version, goVersion) <= 0) return null;
	const ours = require_job.toolchainName(goVersion);
	return {
		level: "drift",
		kind: "toolchain",
		code: "toolchain",
		module: "toolchain",
		plugin: name,
		server: ours,
		reach: null,
		what: `go.mod names the toolchain ${name}, newer than ${ours} of gotify ${server.version}`,
		remedy: `Remove the line, or write \`toolchain ${ours}\`: the plugin is compiled with Go ${goVersion} in any case.`,
		where: {
			kind: "file",
			file,
			line
		}
	};
}
// src/check/shared-modules.ts
/** What require, replace and exclude lines make of the server's modules, where that is not what the server has. */
function sharedModuleFindings(context) {
	return sharedModules(context).flatMap((shared) => [
		...replaceFindings(shared, context),
		...versionFindings(shared, context),
		...excludeFindings(shared, context)
	]);
}
function sharedModules({ mod, server, dependencies, versions }) {
	const named = /* @__PURE__ */ new Set([
		...mod.requires.map(({ path }) => path),
		...mod.replaces.map(({ old }) => old.path),
		...mod.excludes.map(({ path }) => path)
	]);
	const capped = dependencies === "cap" ? cappedVersions(server) : /* @__PURE__ */ new Map();
	return [...named].flatMap((path) => {
		const version = versions.get(path);
		if (version === void 0) return [];
		const requires = mod.requires.filter((line) => line.path === path);
		const built = dependencies === "pin" ? null : pick(mod, path, capped.get(path));
		return [{
			path,
			version,
			requires,
			tested: pick(mod, path),
			built
		}];
	});
}
/** What gomod-cap sets: the versions that the server's go.mod requires. */
function cappedVersions({ goMod, version }) {
	const { requires } = require_job.parseModFile(goMod, `go.mod of gotify ${version}`);
	return new Map(requires.map(({ path, version: required }) => [path, required]));
}
function replaceFindings(shared, context) {
	const { path, version, requires, tested, built } = shared;
	const possible = tested.require === void 0 ? context.mod.replaces.filter(({ old }) => old.path === path && !isExcluded(old, context)) : [tested.replace];
	return [.../* @__PURE__ */ new Set([...possible, built?.replace])].flatMap((replace) => {
		if (replace === void 0 || targetText(replace) === version) return [];
		const isUsed = requires.length > 0 && replace === built?.replace;
		const { server, file, dependencies } = context;
		return [replacedFinding({
			replace,
			isUsed,
			isRequired: requires.length > 0,
			reach: reachOf(shared),
			version,
			server: server.version,
			file,
			dependencies
		})];
	});
}
function isExcluded({ path, version }, { mod }) {
	return mod.excludes.some((exclude) => exclude.path === path && exclude.version === version);
}
function versionFindings(shared, context) {
	const { path, version, requires, tested, built } = shared;
	const [first] = requires;
	if (first === void 0 || tested.replace !== void 0 || tested.used === version) return [];
	if (tested.require === void 0) return requires.some((line) => line.version === version) ? [] : [undecidedFinding(first, {
		shared,
		context
	})];
	const { line, version: required } = tested.require;
	const keepsOther = built?.replace === void 0 && built?.used != null && built.used !== version;
	const isSet = built === null || built.used === version;
	const reach = reachOf(shared) === "direct" ? "" : " (indirect)";
	const advice = `Require the server's version: \`go get ${path}@${version}\`.`;
	return [{
		...base(shared, context, line),
		level: keepsOther ? "conflict" : "drift",
		kind: "version",
		code: "version",
		plugin: required,
		what: `go.mod requires ${path} ${required}${reach}, ${comparison$1(required, version)} ${version} of gotify ${context.server.version}`,
		remedy: isSet ? `${advice} The build uses it in any case.` : `${advice} Or build with \`dependencies: pin\`.`
	}];
}
function comparison$1(plugin, server) {
	const order = require_job.compareModuleVersions(plugin, server);
	return order < 0 ? "older than" : order > 0 ? "newer than" : "not";
}
function undecidedFinding({ version: required, line }, { shared, context }) {
	const { path, version } = shared;
	return {
		...base(shared, context, line),
		level: "drift",
		kind: "version",
		code: "version",
		plugin: null,
		what: `go.mod requires ${path} ${required} and excludes it, so that it decides no version; gotify ${context.server.version} has ${version}`,
		remedy: `Require the server's version: \`go get ${path}@${version}\`.`
	};
}
function excludeFindings(shared, context) {
	const { path, version, requires, built } = shared;
	const exclude = context.mod.excludes.find((line) => line.path === path && line.version === version);
	if (exclude === void 0) return [];
	const isConflict = requires.length > 0 && built !== null && built.used !== version;
	return [{
		...base(shared, context, exclude.line),
		level: isConflict ? "conflict" : "drift",
		kind: "excluded",
		code: "excluded",
		plugin: null,
		what: `go.mod excludes ${path} ${version}, the version of gotify ${context.server.version}`,
		remedy: isConflict ? "Remove the exclude line. Or build with `dependencies: pin`, which does not heed it." : "Remove the exclude line: a plugin must have the same version as the server."
	}];
}
function base(shared, { file }, line) {
	const { path, version } = shared;
	return {
		module: path,
		server: version,
		reach: reachOf(shared),
		where: {
			kind: "file",
			file,
			line
		}
	};
}
/** One direct require line makes the module a direct one, as for Go. */
function reachOf({ requires }) {
	return requires.some(({ indirect }) => !indirect) ? "direct" : "transitive";
}
// src/check/tidiness.ts
/** plugin-api's package imports it, so that every plugin has it, and it needs modules of its own in each version. */
const gin = "github.com/gin-gonic/gin";
/**
* Why a go.mod, given as read and as text, may name fewer modules than go into the plugin, one sentence; null where
* nothing points to that.
* Since Go 1.17 a tidy file names every module that supplies a package: https://go.dev/ref/mod#go-mod-file-go.
*/
function hidingReason(mod, { goMod, file, withoutSum }) {
	if (mod.go === null || require_job.compareGoVersions(mod.go.version, "1.17") < 0) return `${file} ${mod.go === null ? "has no go line" : `has the go line ${mod.go.version}`}: below 1.17 it need not name the modules that its dependencies bring in, so more may differ.`;
	const sign = untidySign(mod, goMod) ?? (withoutSum === true ? "there is no go.sum" : null);
	return sign === null ? null : `${file} is not tidy (${sign}): \`go mod tidy\` may show more that differs.`;
}
function untidySign({ requires, excludes }, text) {
	const paths = requires.map(({ path }) => path);
	const twice = paths.find((path, index) => paths.indexOf(path) !== index);
	if (twice !== void 0) return `it requires ${twice} twice`;
	const short = requires.find(({ versionAt }) => /^"?v\d+(?:\.\d+)?"?$/.test(text.slice(...versionAt)));
	if (short !== void 0) return `it requires ${short.path} without a full version`;
	const dropped = requires.find(({ path, version }) => excludes.some((exclude) => exclude.path === path && exclude.version === version));
	if (dropped !== void 0) return `it requires and excludes ${dropped.path} ${dropped.version}`;
	const missing = [pluginApi, gin].find((path) => !paths.includes(path));
	if (missing !== void 0) return `it does not require ${missing}, which every plugin uses`;
	return requires.some(({ indirect }) => indirect) ? null : "it has no // indirect lines";
}
// src/check/lines.ts
/**
* Judges a plugin's go.mod against a server by its lines alone: no Go, no module is looked at. Where the lines do not
* decide what Go will pick, nothing becomes a conflict.
*
* @throws Failure (input) `malformed-go-mod` with file, line and column; `conflicting-replaces`, as the pin does
*/
function lineFindings(request) {
	const { goMod, file, server, dependencies } = request;
	const mod = require_job.parseModFile(goMod, file);
	keptReplaces(mod, {
		dependencies,
		server
	}, file);
	const context = {
		mod,
		file,
		server,
		dependencies,
		versions: pinnedVersions(mod.module, server)
	};
	return {
		findings: [
			...modulePathFindings(context),
			...goLineFindings(context),
			...sharedModuleFindings(context),
			...serverModuleFindings(context),
			...ownModuleFindings(context),
			...templateFindings(context)
		].toSorted(byImportance),
		mayHideMore: hidingReason(mod, request)
	};
}
// src/pipeline/check-lines.ts
/** What the lines of a plugin's go.mod say. Throws Failure as lineFindings does. */
function linesOf(project, { server }, { options }) {
	return lineFindings({
		goMod: project.goModText,
		file: project.displayGoMod,
		server,
		dependencies: options.dependencies,
		...project.goSumText === null ? { withoutSum: true } : {}
	});
}
// src/pipeline/check-base.ts
/** What the plugins were before the change. Without a base all is judged as new: that is stricter, never laxer. */
async function readBase(projects, context) {
	const { files, warnings } = await openBase(projects, context);
	if (files === null) return {
		base: null,
		before: projects.map((project) => ({
			project,
			before: { kind: "none" }
		})),
		warnings,
		close: () => Promise.resolve()
	};
	const { before, close } = await projectsAt(files, projects, context);
	return {
		base: before.some((each) => each.before.kind !== "unreadable") ? files.name : null,
		before,
		warnings: notComparedTexts(unreadable(before, files)),
		close
	};
}
async function openBase([first], { options, ports }) {
	if (!options.baseline) return {
		files: null,
		warnings: []
	};
	try {
		const folder = first?.moduleDir ?? options.base;
		return {
			files: await ports.openBase({
				ref: options.baseRef,
				folder
			}),
			warnings: []
		};
	} catch (error) {
		return {
			files: null,
			warnings: [`nothing is compared with the base: ${require_start.asFailure(error).what}`]
		};
	}
}
async function projectsAt(base, projects, context) {
	const { builder, options, ports } = context;
	const run = builder === null ? null : await (await Promise.resolve().then(() => require("./run-dir.js")).then((n) => n.run_dir_exports)).openRun(options.cacheDir, ports);
	const close = async () => run?.close();
	ports.onClose(close);
	const limit = pLimit(options.concurrency);
	const into = run?.path ?? null;
	const before = projects.map((project) => limit(async () => ({
		project,
		before: await projectAt(base, project, {
			into,
			files: ports.files
		})
	})));
	return {
		before: await Promise.all(before),
		close
	};
}
async function projectAt(base, project, place) {
	try {
		const moduleDir = place.into === null ? project.moduleDir : await base.layOut(project.moduleDir, place.into);
		const read = (name) => place.into === null ? base.read((0, node_path.join)(moduleDir, name)) : require_job.readOptional((0, node_path.join)(moduleDir, name), place.files);
		const goModText = await read("go.mod");
		if (goModText === null) return place.into !== null && await base.read((0, node_path.join)(project.moduleDir, "go.mod")) !== null ? {
			kind: "unreadable",
			failure: notInArchive()
		} : { kind: "absent" };
		const goMod = checkedMod(goModText, `${project.displayGoMod} of ${base.name}`);
		const goSumText = place.into === null ? null : await read("go.sum");
		if (place.into !== null) await completeReplaced(goMod, {
			now: project.moduleDir,
			then: moduleDir
		}, place);
		return {
			kind: "project",
			project: projectOf(project, {
				moduleDir,
				goModText,
				goSumText,
				goMod
			})
		};
	} catch (error) {
		return {
			kind: "unreadable",
			failure: require_start.asFailure(error)
		};
	}
}
function notInArchive() {
	return new require_start.Failure("surroundings", {
		code: "not-in-archive",
		what: "GitHub's archive of it leaves the plugin out (export-ignore in .gitattributes)",
		remedy: "Check the repository out with fetch-depth: 0."
	});
}
/** Throws Failure for what Go refuses: it is no measure for a change that may well correct it. */
function checkedMod(text, file) {
	const goMod = require_job.parseModFile(text, file);
	keptReplaces(goMod, {
		dependencies: "keep",
		server: { pinList: {
			source: "go.mod",
			modules: []
		} }
	}, file);
	return goMod;
}
/** Messages call it as they call the plugin that it is now. */
function projectOf(project, then) {
	const { moduleDir, goMod } = then;
	return {
		...project,
		...then,
		goModFile: (0, node_path.join)(moduleDir, "go.mod"),
		modulePath: goMod.module,
		packageDir: (0, node_path.join)(moduleDir, project.packageArg)
	};
}
/**
* A folder in place of a module may be none of the repository's files: a submodule, or what lies beside the checkout.
* No base of it is known, so that it is as now.
*/
async function completeReplaced({ replaces }, { now, then }, { into, files }) {
	for (const { new: target } of replaces) {
		if (target.kind !== "local" || (0, node_path.isAbsolute)(target.dir)) continue;
		const [current, former] = [(0, node_path.resolve)(now, target.dir), (0, node_path.resolve)(then, target.dir)];
		if (into === null || former !== (0, node_path.join)(into, current)) continue;
		if (await files.stat((0, node_path.join)(former, "go.mod")) !== null || await files.stat((0, node_path.join)(current, "go.mod")) === null) continue;
		await files.makeDir(former);
		await files.copy(current, former);
	}
}
/** One sentence for each reason, with the files that it keeps from being compared. */
function notComparedTexts(all) {
	const reasons = /* @__PURE__ */ new Map();
	for (const { file, base, why, key: reasonKey = why } of all) {
		const key = JSON.stringify([reasonKey, base]);
		const reason = reasons.get(key) ?? {
			base,
			why,
			files: []
		};
		reason.files.push(file);
		reasons.set(key, reason);
	}
	return [...reasons.values()].map(({ base, why, files }) => {
		const are = files.length === 1 ? "is" : "are";
		return `${some(files)} ${are} not compared with ${base}: ${why}`;
	});
}
function unreadable(compared, { name: base }) {
	return compared.flatMap(({ project: { displayGoMod: file }, before }) => {
		if (before.kind !== "unreadable") return [];
		const { kind, code, what: why } = before.failure;
		return [{
			file,
			base,
			why,
			...kind === "surroundings" ? { key: code } : {}
		}];
	});
}
// src/check/baseline.ts
/**
* Tells what a change brought from what was there before it. Findings are the same by kind, module and code, wherever
* they stand. Worse: the level rose, or the version is farther away from the server's. A version that changed and is
* not known to be nearer counts as worse too.
*
* @param head the findings with the change, of one server; @param base those without it, of the same server
*/
function againstBase(head, base) {
	const before = pairs(head, base);
	const matched = new Set(before.values());
	return {
		findings: head.map((finding) => ({
			...finding,
			since: sinceOf(finding, before.get(finding))
		})),
		fixed: base.filter((finding) => !matched.has(finding))
	};
}
/** Each finding with what it was before: of several alike those of the same version, and the others in their order. */
function pairs(head, base) {
	const left = /* @__PURE__ */ new Map();
	for (const finding of base) left.set(keyOf(finding), [...left.get(keyOf(finding)) ?? [], finding]);
	const found = /* @__PURE__ */ new Map();
	for (const isSame of [hasSameVersion, () => true]) for (const finding of head) {
		const alike = left.get(keyOf(finding)) ?? [];
		const index = found.has(finding) ? -1 : alike.findIndex((other) => isSame(finding, other));
		const [before] = index === -1 ? [] : alike.splice(index, 1);
		if (before !== void 0) found.set(finding, before);
	}
	return found;
}
function hasSameVersion(a, b) {
	return a.plugin === b.plugin;
}
function keyOf({ kind, module, code }) {
	return JSON.stringify([
		kind,
		module,
		code
	]);
}
function sinceOf(head, base) {
	if (base === void 0) return "new";
	return levels.indexOf(head.level) < levels.indexOf(base.level) || isFarther(head, base) ? "worse" : "old";
}
/** Whether the head's version is farther away from the server's than the base's, or may be. */
function isFarther(head, base) {
	if (head.server === null || head.plugin === base.plugin) return false;
	if (head.plugin === null || base.plugin === null) return true;
	const order = orderOf(head.kind);
	const versions = {
		head: order.read(head.plugin),
		base: order.read(base.plugin)
	};
	const server = order.read(head.server);
	if (versions.head === null || versions.base === null || server === null) return true;
	const side = Math.sign(order.compare(versions.head, server));
	if (side === Math.sign(order.compare(versions.base, server))) return side * order.compare(versions.head, versions.base) > 0;
	return !isNearer(distance(versions.head, server), distance(versions.base, server));
}
const goOrder = {
	read: (text) => require_job.isGoVersion(text) ? text : require_job.toolchainVersion(text),
	compare: require_job.compareGoVersions
};
const moduleOrder = {
	read: (text) => require_job.parseModuleVersion(text) === null ? null : text,
	compare: require_job.compareModuleVersions
};
function orderOf(kind) {
	return kind === "go" || kind === "toolchain" ? goOrder : moduleOrder;
}
/** How far two module versions are apart: by major, minor and patch number. */
function distance(a, b) {
	const [x, y] = [numbersOf(a), numbersOf(b)];
	return x.map((number, index) => abs(number - (y[index] ?? 0n)));
}
function numbersOf(version) {
	const { major = "0", minor = "0", patch = "0" } = require_job.parseModuleVersion(version) ?? {};
	return [
		major,
		minor,
		patch
	].map(BigInt);
}
function abs(number) {
	return number < 0n ? -number : number;
}
/** The first number that differs decides. */
function isNearer(a, b) {
	const index = a.findIndex((part, at) => part !== b[at]);
	return index !== -1 && (a[index] ?? 0n) < (b[index] ?? 0n);
}
// src/pipeline/check-server.ts
/**
* One plugin against one server. Without a builder go.mod's lines are judged; with one the plugin is listed as it is,
* and built for this machine's target as `build` would do it.
*
* @throws Failure (input) where what was asked for cannot be checked: a malformed go.mod, no main package
*/
async function checkServer(check, context) {
	const lines = {
		...linesOf(check.project, check, context),
		baseFindings: ofBase(check.base, (base) => linesOf(base, check, context).findings),
		notCompared: null
	};
	const { builder } = context;
	if (builder === null) return {
		outcome: { kind: "not-compiled" },
		...lines
	};
	try {
		const { checkByCompiling } = await Promise.resolve().then(() => require("./check-compile.js"));
		return await checkByCompiling(check, {
			...context,
			builder
		});
	} catch (error) {
		const failure = require_start.asFailure(error);
		if (failure.kind === "input") throw failure;
		return {
			outcome: {
				kind: "failed",
				failure: require_start.reportedFailure(failure)
			},
			...lines
		};
	}
}
function ofBase(base, findings) {
	return base === null ? null : base === "absent" ? [] : findings(base);
}
// src/plugin/main-package.ts
/**
* Whether a module's own files say that it is a library: it has Go files, and in the folder of the main package none is
* `package main`. A program to generate files, which no build takes (`//go:build ignore`), does not count. Without any
* Go file nothing is said.
*/
async function isLibrary({ moduleDir, packageDir }, files) {
	for (const name of (await files.list(packageDir)).filter(isGoFile)) {
		const header = readGoHeader(await files.readText((0, node_path.join)(packageDir, name)).catch(() => ""));
		if (header === null || header.package === "main" && !header.constraints.some(isIgnored)) return false;
	}
	return hasGoFiles(moduleDir, files);
}
function isGoFile(name) {
	return name.endsWith(".go") && !name.endsWith("_test.go") && !/^[._]/.test(name);
}
function isIgnored(constraint) {
	return /^\/\/(?:go:build|\s*\+build)\s+ignore\s*$/.test(constraint);
}
/** In the module's own packages: a folder with a go.mod of its own is another module. */
async function hasGoFiles(dir, files) {
	const names = await files.list(dir);
	if (names.some(isGoFile)) return true;
	for (const name of names.filter((each) => !/^(?:[._]|vendor$|testdata$|node_modules$)/.test(each))) {
		const folder = (0, node_path.join)(dir, name);
		if ((await files.stat(folder))?.kind !== "folder") continue;
		if (await files.stat((0, node_path.join)(folder, "go.mod")) === null && await hasGoFiles(folder, files)) return true;
	}
	return false;
}
// src/pipeline/matched-folders.ts
/**
* The folder of a path, or those that a pattern such as `plugins/*` matches and that hold a file of this name; none:
* nothing matches.
*
* @param request.base what relative paths start from, absolute
*/
async function matchedFolders(path, { holding, base }, { files, matchingFiles }) {
	const folder = (0, node_path.resolve)(base, path);
	if (!/[*?[]|\{.*,.*\}/.test(path) || (await files.stat(folder))?.kind === "folder") return [folder];
	return (await matchingFiles(`${path.replace(/\/+$/, "")}/${holding}`, base)).filter((file) => (0, node_path.basename)(file) === holding).map((file) => (0, node_path.dirname)(file));
}
// src/pipeline/find-plugins.ts
/**
* The modules that `path` names: folders, or patterns such as `plugins/*`, of which those with a go.mod count. What is
* wrong with one of several is that one's; each has a go.mod's name for messages (`goModOf`).
*
* @throws Failure (input) as locatePlugin does for a module that is the only one; `no-go-mod` for a pattern that
* matches no module
*/
async function findModules(options, ports) {
	const folders = await Promise.all(options.paths.map((path) => foldersOf(path, options.base, ports)));
	const modules = /* @__PURE__ */ new Map();
	for (const folder of folders.flat()) if (folder.isNamed || !modules.has(folder.path)) modules.set(folder.path, folder);
	const found = [];
	for (const folder of modules.values()) found.push(await readModule(folder, options, ports));
	const [only] = found;
	if (only?.kind === "unfit" && found.length === 1) throw only.failure;
	return found;
}
/** The go.mod of a module, as messages name it. */
function goModOf({ display }) {
	return node_path.posix.join(display, "go.mod");
}
async function readModule(folder, options, { files }) {
	try {
		const request = {
			path: folder.path,
			package: options.package,
			base: options.base
		};
		const project = await require_job.locatePlugin(request, files);
		if (!folder.isNamed && await isLibrary(project, files)) return {
			...folder,
			kind: "library"
		};
		return {
			...folder,
			kind: "plugin",
			project
		};
	} catch (error) {
		const failure = require_start.asFailure(error);
		if (failure.kind !== "input") throw failure;
		return {
			...folder,
			kind: "unfit",
			failure
		};
	}
}
async function foldersOf(path, base, ports) {
	const folders = await matchedFolders(path, {
		holding: "go.mod",
		base
	}, ports);
	if (folders.length > 0) {
		const named = (0, node_path.resolve)(base, path);
		return folders.map((folder) => ({
			path: folder,
			display: require_job.displayPath(base, folder),
			isNamed: folder === named
		}));
	}
	throw new require_start.Failure("input", {
		code: "no-go-mod",
		what: `no folder that ${path} matches has a go.mod`,
		remedy: "Write a pattern such as plugins/* that matches the folders of your modules.",
		where: {
			kind: "input",
			input: "path"
		}
	});
}
// src/pipeline/check-plugin.ts
/**
* One module against each server. Of several modules one that cannot be checked is a result, so that the others are told.
*
* @throws Failure (input) where the only module cannot be checked
*/
async function checkModule(check, context) {
	const { module, servers, limit } = check;
	if (module.kind === "library") return skipped(module);
	const findings = (server) => module.kind === "unfit" ? Promise.resolve(unfit(module.failure)) : pluginFindings({
		project: module.project,
		server
	}, check, context);
	const results = await untilFailure(servers, limit, async (server) => ({
		server: server.version,
		found: await findings(server)
	}));
	if (!module.isNamed && results.some(({ found }) => isNotMain(found))) return skipped(module);
	const plugin = {
		module: module.kind === "unfit" ? null : module.project.modulePath,
		package: module.kind === "unfit" ? context.options.package : module.project.packageArg,
		path: module.display,
		goMod: goModOf(module),
		checks: results.map(({ server, found }) => ({
			server,
			...comparison(found)
		}))
	};
	return {
		kind: "checked",
		plugin,
		notCompared: notComparedOf(results, plugin)
	};
}
/**
* The work for all items, as many at once as the limit lets. Once one fails no other is begun, and what runs has ended
* when this throws: nothing is at work any more when the run cleans up.
*
* @param limit with `rejectOnClear`
* @throws what the first one threw
*/
async function untilFailure(items, limit, work) {
	const errors = [];
	const all = items.map((item) => limit(async () => {
		try {
			return await work(item);
		} catch (error) {
			errors.push(error);
			limit.clearQueue();
			throw error;
		}
	}));
	const done = (await Promise.allSettled(all)).flatMap((outcome) => outcome.status === "fulfilled" ? [outcome.value] : []);
	if (done.length === items.length) return done;
	throw errors[0];
}
/** One for each reason, with the servers that have it. */
function notComparedOf(results, { goMod: file }) {
	const reasons = /* @__PURE__ */ new Map();
	for (const { server, found } of results) {
		const { notCompared: why } = found;
		if (why !== null) reasons.set(why, [...reasons.get(why) ?? [], server]);
	}
	return [...reasons].map(([why, servers]) => ({
		file,
		base: `the base for gotify ${some(servers)}`,
		why
	}));
}
async function pluginFindings(plugin, { module, before, isOnly }, context) {
	const base = before.kind === "project" ? before.project : before.kind === "absent" ? "absent" : null;
	try {
		return await checkServer({
			...plugin,
			base
		}, context);
	} catch (error) {
		if (!(error instanceof require_start.Failure) || error.kind !== "input") throw error;
		const isSkipped = error.code === "not-a-main-package" && !module.isNamed;
		if (isOnly && !isSkipped) throw error;
		return unfit(error);
	}
}
function unfit(failure) {
	return {
		outcome: {
			kind: "failed",
			failure: require_start.reportedFailure(failure)
		},
		findings: [],
		baseFindings: null,
		mayHideMore: null,
		notCompared: null
	};
}
/** What files alone do not tell, as build constraints choose among them. */
function isNotMain({ outcome }) {
	return outcome.kind === "failed" && outcome.failure.code === "not-a-main-package";
}
function skipped({ display }) {
	return {
		kind: "skipped",
		skipped: {
			path: display,
			because: "it has no main package, so it is no plugin"
		}
	};
}
/** A conflict is one, whoever brought it: the base was not compiled. */
function comparison(found) {
	const { outcome, mayHideMore, findings, baseFindings } = found;
	if (baseFindings === null) return {
		outcome,
		mayHideMore,
		findings: findings.map((finding) => ({
			...finding,
			since: null
		})),
		fixed: []
	};
	const compared = againstBase(findings, baseFindings);
	const built = (finding) => finding.kind === "does-not-build" || finding.kind === "does-not-load";
	return {
		outcome,
		mayHideMore,
		findings: compared.findings.map((finding) => built(finding) ? {
			...finding,
			since: null
		} : finding),
		fixed: compared.fixed.filter(({ kind }) => kind !== "not-listed")
	};
}
// src/pipeline/check.ts
var check_exports = /* @__PURE__ */ require_rolldown_runtime.__exportAll({ runCheck: () => runCheck });
/**
* The check of a pull request: whether each plugin fits each server, and what in its go.mod differs. Nothing of the
* user's is written, unless `fix` asks for it: then each go.mod is brought in line with the first server.
*
* @throws Failure where nothing could be asked: bad input, a malformed go.mod, an unknown server
*/
async function runCheck(options, ports) {
	const modules = await findModules(options, ports);
	const projects = modules.flatMap((module) => module.kind === "plugin" ? [module.project] : []);
	if (modules.every(({ kind }) => kind === "library")) throw noPlugin();
	const catalog = await loadCatalog(ports.catalogDir, ports.files);
	const { cacheDir } = options;
	const servers = await resolveRemembered(options.servers, {
		...ports,
		catalog,
		cacheDir
	});
	const builder = options.compile ? await chooseBuilder(options, ports) : null;
	const context = {
		options,
		builder,
		catalog,
		ports: {
			...ports,
			reporter: warningOnce(ports.reporter)
		}
	};
	const compared = await readBase(projects, context);
	try {
		const results = await checkAll({
			modules,
			compared,
			servers
		}, context);
		const plugins = results.flatMap((result) => result.kind === "checked" ? [result.plugin] : []);
		const skipped = results.flatMap((result) => result.kind === "skipped" ? [result.skipped] : []);
		if (plugins.length === 0) throw noPlugin();
		const told = results.flatMap((result) => result.kind === "checked" ? result.notCompared : []);
		const warnings = [...compared.warnings, ...notComparedTexts(told)];
		for (const warning of warnings) ports.reporter.warn(warning);
		const fixes = await fixed(projects.filter(isAmong(plugins)), servers, context);
		const cacheKey = await cacheKeyOf({
			builder,
			servers,
			plugins
		}, ports);
		const { base } = compared;
		return reportOf({
			options,
			builder,
			base,
			servers,
			plugins,
			skipped,
			fixes,
			warnings,
			cacheKey
		});
	} finally {
		await compared.close();
	}
}
/** One module after the other: their servers share what there is of cores. */
async function checkAll({ modules, compared, servers }, context) {
	const limit = pLimit({
		concurrency: context.options.concurrency,
		rejectOnClear: true
	});
	const isOnly = modules.length === 1;
	const results = [];
	for (const module of modules) {
		const before = compared.before.find(({ project }) => module.kind === "plugin" && project === module.project)?.before ?? { kind: "none" };
		results.push(await checkModule({
			module,
			isOnly,
			before,
			servers,
			limit
		}, context));
	}
	return results;
}
/** What could be checked at all can be mended. */
function isAmong(plugins) {
	const unfit = (plugin) => inputFailureOf(plugin) !== null;
	return ({ displayDir }) => plugins.some((plugin) => plugin.path === displayDir && !unfit(plugin));
}
function noPlugin() {
	return new require_start.Failure("input", {
		code: "no-plugin",
		what: "none of the modules that path matches has a main package",
		remedy: "Write a pattern that matches plugins, or the folder of the main package as package.",
		where: {
			kind: "input",
			input: "path"
		}
	});
}
async function fixed(projects, [server], context) {
	if (!context.options.fix || server === void 0) return [];
	const { fixPlugins } = await Promise.resolve().then(() => require("./fix.js"));
	return fixPlugins(projects, server, context);
}
/** The host needs no image and no engine: it is used wherever there is a Go. */
async function chooseBuilder({ builder }, { env, files }) {
	if (builder !== null) return builder;
	return await require_job.isInPath("go", {
		path: env["PATH"],
		files
	}) ? "host" : "docker";
}
async function cacheKeyOf({ builder, servers, plugins }, { arch }) {
	const outcomes = plugins.flatMap(({ checks }) => checks).map(({ outcome }) => outcome);
	if (builder === null || outcomes.some(({ kind }) => kind === "failed")) return null;
	const { checkCacheKey } = await Promise.resolve().then(() => require("./check-cache-key.js"));
	return checkCacheKey({
		builder,
		servers,
		arch
	});
}
function reportOf(finished) {
	const { options, builder, base, servers, plugins, skipped, fixes, warnings, cacheKey } = finished;
	const checks = plugins.flatMap((plugin) => plugin.checks);
	const number = (level) => checks.flatMap(({ findings }) => findings).filter((finding) => finding.level === level).length;
	return {
		schema: 1,
		mode: "check",
		dependencies: options.dependencies,
		builder,
		strict: options.strict,
		base,
		servers: servers.map(({ version, tag, commit, goVersion, source }) => ({
			version,
			tag,
			commit,
			goVersion,
			source
		})),
		plugins,
		skipped,
		fixes,
		warnings,
		conflicts: number("conflict"),
		drifts: number("drift"),
		notes: number("note"),
		compatible: compatible(checks),
		exitCode: exitCode(checks, fixes, options),
		cacheKey
	};
}
function compatible(checks) {
	if (checks.some(hasConflict)) return false;
	return checks.every(({ outcome }) => outcome.kind === "loads") ? true : "unknown";
}
function exitCode(checks, fixes, { strict }) {
	return require_start.worstExitCode([...fixes.map(({ failure }) => failure === null ? 0 : require_start.exitCodeOf(failure.kind)), ...checks.map((check) => {
		if (check.outcome.kind === "failed") return require_start.exitCodeOf(check.outcome.failure.kind);
		return hasConflict(check) || check.outcome.kind === "undecided" || strict && hasNewDrift(check) ? 1 : 0;
	})]);
}
function hasConflict({ findings }) {
	return findings.some(({ level }) => level === "conflict");
}
function hasNewDrift({ findings }) {
	return findings.some(({ level, since }) => level === "drift" && since !== "old");
}
Object.defineProperty(exports, "addIndirect", {
	enumerable: true,
	get: function() {
		return addIndirect;
	}
});
Object.defineProperty(exports, "allTargets", {
	enumerable: true,
	get: function() {
		return allTargets;
	}
});
Object.defineProperty(exports, "array", {
	enumerable: true,
	get: function() {
		return array;
	}
});
Object.defineProperty(exports, "base_files_exports", {
	enumerable: true,
	get: function() {
		return base_files_exports;
	}
});
Object.defineProperty(exports, "boolean", {
	enumerable: true,
	get: function() {
		return boolean;
	}
});
Object.defineProperty(exports, "buildInfoOf", {
	enumerable: true,
	get: function() {
		return buildInfoOf;
	}
});
Object.defineProperty(exports, "buildsText", {
	enumerable: true,
	get: function() {
		return buildsText;
	}
});
Object.defineProperty(exports, "byImportance", {
	enumerable: true,
	get: function() {
		return byImportance;
	}
});
Object.defineProperty(exports, "byRank", {
	enumerable: true,
	get: function() {
		return byRank;
	}
});
Object.defineProperty(exports, "capModule", {
	enumerable: true,
	get: function() {
		return capModule;
	}
});
Object.defineProperty(exports, "capResultText", {
	enumerable: true,
	get: function() {
		return capResultText;
	}
});
Object.defineProperty(exports, "capText", {
	enumerable: true,
	get: function() {
		return capText;
	}
});
Object.defineProperty(exports, "changeText", {
	enumerable: true,
	get: function() {
		return changeText;
	}
});
Object.defineProperty(exports, "checkListing", {
	enumerable: true,
	get: function() {
		return checkListing;
	}
});
Object.defineProperty(exports, "checkText", {
	enumerable: true,
	get: function() {
		return checkText;
	}
});
Object.defineProperty(exports, "check_exports", {
	enumerable: true,
	get: function() {
		return check_exports;
	}
});
Object.defineProperty(exports, "check_text_exports", {
	enumerable: true,
	get: function() {
		return check_text_exports;
	}
});
Object.defineProperty(exports, "collectReplaced", {
	enumerable: true,
	get: function() {
		return collectReplaced;
	}
});
Object.defineProperty(exports, "compareGlibc", {
	enumerable: true,
	get: function() {
		return compareGlibc;
	}
});
Object.defineProperty(exports, "compatibility", {
	enumerable: true,
	get: function() {
		return compatibility;
	}
});
Object.defineProperty(exports, "count", {
	enumerable: true,
	get: function() {
		return count;
	}
});
Object.defineProperty(exports, "deliveredFiles", {
	enumerable: true,
	get: function() {
		return deliveredFiles;
	}
});
Object.defineProperty(exports, "dropToolchain", {
	enumerable: true,
	get: function() {
		return dropToolchain;
	}
});
Object.defineProperty(exports, "effectiveChanges", {
	enumerable: true,
	get: function() {
		return effectiveChanges;
	}
});
Object.defineProperty(exports, "explain", {
	enumerable: true,
	get: function() {
		return explain;
	}
});
Object.defineProperty(exports, "fileOutcome", {
	enumerable: true,
	get: function() {
		return fileOutcome;
	}
});
Object.defineProperty(exports, "fixAnswer", {
	enumerable: true,
	get: function() {
		return fixAnswer;
	}
});
Object.defineProperty(exports, "fixCommand", {
	enumerable: true,
	get: function() {
		return fixCommand;
	}
});
Object.defineProperty(exports, "fixDetails", {
	enumerable: true,
	get: function() {
		return fixDetails;
	}
});
Object.defineProperty(exports, "functionOwners", {
	enumerable: true,
	get: function() {
		return functionOwners;
	}
});
Object.defineProperty(exports, "getDotPath", {
	enumerable: true,
	get: function() {
		return getDotPath;
	}
});
Object.defineProperty(exports, "inputFailureOf", {
	enumerable: true,
	get: function() {
		return inputFailureOf;
	}
});
Object.defineProperty(exports, "integer", {
	enumerable: true,
	get: function() {
		return integer;
	}
});
Object.defineProperty(exports, "is", {
	enumerable: true,
	get: function() {
		return is;
	}
});
Object.defineProperty(exports, "isDelivered", {
	enumerable: true,
	get: function() {
		return isDelivered;
	}
});
Object.defineProperty(exports, "isSpared", {
	enumerable: true,
	get: function() {
		return isSpared;
	}
});
Object.defineProperty(exports, "isoTimestamp", {
	enumerable: true,
	get: function() {
		return isoTimestamp;
	}
});
Object.defineProperty(exports, "keepModule", {
	enumerable: true,
	get: function() {
		return keepModule;
	}
});
Object.defineProperty(exports, "layOutTarball", {
	enumerable: true,
	get: function() {
		return layOutTarball;
	}
});
Object.defineProperty(exports, "lineEndOf", {
	enumerable: true,
	get: function() {
		return lineEndOf;
	}
});
Object.defineProperty(exports, "linesOf", {
	enumerable: true,
	get: function() {
		return linesOf;
	}
});
Object.defineProperty(exports, "linkHashes", {
	enumerable: true,
	get: function() {
		return linkHashes;
	}
});
Object.defineProperty(exports, "listedFindings", {
	enumerable: true,
	get: function() {
		return listedFindings;
	}
});
Object.defineProperty(exports, "listedOwnModules", {
	enumerable: true,
	get: function() {
		return listedOwnModules;
	}
});
Object.defineProperty(exports, "literal", {
	enumerable: true,
	get: function() {
		return literal;
	}
});
Object.defineProperty(exports, "loadCatalog", {
	enumerable: true,
	get: function() {
		return loadCatalog;
	}
});
Object.defineProperty(exports, "loweredName", {
	enumerable: true,
	get: function() {
		return loweredName;
	}
});
Object.defineProperty(exports, "loweredOverlay", {
	enumerable: true,
	get: function() {
		return loweredOverlay;
	}
});
Object.defineProperty(exports, "loweredWarnings", {
	enumerable: true,
	get: function() {
		return loweredWarnings;
	}
});
Object.defineProperty(exports, "matchedFolders", {
	enumerable: true,
	get: function() {
		return matchedFolders;
	}
});
Object.defineProperty(exports, "mergeFindings", {
	enumerable: true,
	get: function() {
		return mergeFindings;
	}
});
Object.defineProperty(exports, "mergedText", {
	enumerable: true,
	get: function() {
		return mergedText;
	}
});
Object.defineProperty(exports, "minLength", {
	enumerable: true,
	get: function() {
		return minLength;
	}
});
Object.defineProperty(exports, "minValue", {
	enumerable: true,
	get: function() {
		return minValue;
	}
});
Object.defineProperty(exports, "namesText", {
	enumerable: true,
	get: function() {
		return namesText;
	}
});
Object.defineProperty(exports, "namingReporter", {
	enumerable: true,
	get: function() {
		return namingReporter;
	}
});
Object.defineProperty(exports, "newestFirst", {
	enumerable: true,
	get: function() {
		return newestFirst;
	}
});
Object.defineProperty(exports, "null_", {
	enumerable: true,
	get: function() {
		return null_;
	}
});
Object.defineProperty(exports, "nullable", {
	enumerable: true,
	get: function() {
		return nullable;
	}
});
Object.defineProperty(exports, "nullish", {
	enumerable: true,
	get: function() {
		return nullish;
	}
});
Object.defineProperty(exports, "number", {
	enumerable: true,
	get: function() {
		return number;
	}
});
Object.defineProperty(exports, "object", {
	enumerable: true,
	get: function() {
		return object;
	}
});
Object.defineProperty(exports, "optional", {
	enumerable: true,
	get: function() {
		return optional;
	}
});
Object.defineProperty(exports, "outcomeOf", {
	enumerable: true,
	get: function() {
		return outcomeOf;
	}
});
Object.defineProperty(exports, "outcomeText", {
	enumerable: true,
	get: function() {
		return outcomeText;
	}
});
Object.defineProperty(exports, "ownLanguage", {
	enumerable: true,
	get: function() {
		return ownLanguage;
	}
});
Object.defineProperty(exports, "pLimit", {
	enumerable: true,
	get: function() {
		return pLimit;
	}
});
Object.defineProperty(exports, "parse", {
	enumerable: true,
	get: function() {
		return parse;
	}
});
Object.defineProperty(exports, "parseSumFile", {
	enumerable: true,
	get: function() {
		return parseSumFile;
	}
});
Object.defineProperty(exports, "picklist", {
	enumerable: true,
	get: function() {
		return picklist;
	}
});
Object.defineProperty(exports, "pinModule", {
	enumerable: true,
	get: function() {
		return pinModule;
	}
});
Object.defineProperty(exports, "pinnedVersions", {
	enumerable: true,
	get: function() {
		return pinnedVersions;
	}
});
Object.defineProperty(exports, "pipe", {
	enumerable: true,
	get: function() {
		return pipe;
	}
});
Object.defineProperty(exports, "placeOf", {
	enumerable: true,
	get: function() {
		return placeOf;
	}
});
Object.defineProperty(exports, "pluginApi", {
	enumerable: true,
	get: function() {
		return pluginApi;
	}
});
Object.defineProperty(exports, "readBuildInfo", {
	enumerable: true,
	get: function() {
		return readBuildInfo;
	}
});
Object.defineProperty(exports, "readElf", {
	enumerable: true,
	get: function() {
		return readElf;
	}
});
Object.defineProperty(exports, "readGoHeader", {
	enumerable: true,
	get: function() {
		return readGoHeader;
	}
});
Object.defineProperty(exports, "record", {
	enumerable: true,
	get: function() {
		return record;
	}
});
Object.defineProperty(exports, "regex", {
	enumerable: true,
	get: function() {
		return regex;
	}
});
Object.defineProperty(exports, "rejectedPackages", {
	enumerable: true,
	get: function() {
		return rejectedPackages;
	}
});
Object.defineProperty(exports, "rejectionText", {
	enumerable: true,
	get: function() {
		return rejectionText;
	}
});
Object.defineProperty(exports, "rememberingLists", {
	enumerable: true,
	get: function() {
		return rememberingLists;
	}
});
Object.defineProperty(exports, "replaceInUse", {
	enumerable: true,
	get: function() {
		return replaceInUse;
	}
});
Object.defineProperty(exports, "resolveRemembered", {
	enumerable: true,
	get: function() {
		return resolveRemembered;
	}
});
Object.defineProperty(exports, "resolveServer", {
	enumerable: true,
	get: function() {
		return resolveServer;
	}
});
Object.defineProperty(exports, "rewriteLocalReplaces", {
	enumerable: true,
	get: function() {
		return rewriteLocalReplaces;
	}
});
Object.defineProperty(exports, "safeParse", {
	enumerable: true,
	get: function() {
		return safeParse;
	}
});
Object.defineProperty(exports, "secondsText", {
	enumerable: true,
	get: function() {
		return secondsText;
	}
});
Object.defineProperty(exports, "serverSourceText", {
	enumerable: true,
	get: function() {
		return serverSourceText;
	}
});
Object.defineProperty(exports, "serverTags", {
	enumerable: true,
	get: function() {
		return serverTags;
	}
});
Object.defineProperty(exports, "serversText", {
	enumerable: true,
	get: function() {
		return serversText;
	}
});
Object.defineProperty(exports, "setGoLine", {
	enumerable: true,
	get: function() {
		return setGoLine;
	}
});
Object.defineProperty(exports, "setRequires", {
	enumerable: true,
	get: function() {
		return setRequires;
	}
});
Object.defineProperty(exports, "sizeText", {
	enumerable: true,
	get: function() {
		return sizeText;
	}
});
Object.defineProperty(exports, "some", {
	enumerable: true,
	get: function() {
		return some;
	}
});
Object.defineProperty(exports, "somePackages", {
	enumerable: true,
	get: function() {
		return somePackages;
	}
});
Object.defineProperty(exports, "string", {
	enumerable: true,
	get: function() {
		return string;
	}
});
Object.defineProperty(exports, "supplyingModules", {
	enumerable: true,
	get: function() {
		return supplyingModules;
	}
});
Object.defineProperty(exports, "titleOf", {
	enumerable: true,
	get: function() {
		return titleOf;
	}
});
Object.defineProperty(exports, "tutorialRemedies", {
	enumerable: true,
	get: function() {
		return tutorialRemedies;
	}
});
Object.defineProperty(exports, "union", {
	enumerable: true,
	get: function() {
		return union;
	}
});
Object.defineProperty(exports, "unionSums", {
	enumerable: true,
	get: function() {
		return unionSums;
	}
});
Object.defineProperty(exports, "unnamedFindings", {
	enumerable: true,
	get: function() {
		return unnamedFindings;
	}
});
Object.defineProperty(exports, "unpinnedModule", {
	enumerable: true,
	get: function() {
		return unpinnedModule;
	}
});
Object.defineProperty(exports, "untidyFindings", {
	enumerable: true,
	get: function() {
		return untidyFindings;
	}
});
Object.defineProperty(exports, "url", {
	enumerable: true,
	get: function() {
		return url;
	}
});
Object.defineProperty(exports, "variant", {
	enumerable: true,
	get: function() {
		return variant;
	}
});
Object.defineProperty(exports, "verdictsByContent", {
	enumerable: true,
	get: function() {
		return verdictsByContent;
	}
});
Object.defineProperty(exports, "verdictsOf", {
	enumerable: true,
	get: function() {
		return verdictsOf;
	}
});
Object.defineProperty(exports, "versionNamed", {
	enumerable: true,
	get: function() {
		return versionNamed;
	}
});
Object.defineProperty(exports, "warningOnce", {
	enumerable: true,
	get: function() {
		return warningOnce;
	}
});
Object.defineProperty(exports, "withLineEnd", {
	enumerable: true,
	get: function() {
		return withLineEnd;
	}
});
Object.defineProperty(exports, "worstVerdict", {
	enumerable: true,
	get: function() {
		return worstVerdict;
	}
});
