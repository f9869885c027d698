import { r as __toESM } from "./rolldown-runtime.js";
import { o as defaultCacheDir } from "./failure.js";
import { r as parseBuildFlags, t as targetNames } from "./target.js";
import { t as Failure } from "./errors.js";
import { i as tokenFor } from "./github.js";
import { d as require_valid } from "./range.js";
import { t as require_valid$1 } from "./valid.js";
import { resolve } from "node:path";
// src/options/contract.ts
/**
* The one table of inputs. The command line's flags and their help are made from it; action.yml and the README's
* tables are checked against it by a test.
*/
const modes = ["build"];
const builders = ["docker", "host"];
const dependencyRules = [
	"pin",
	"cap",
	"keep"
];
const verifications = ["static", "off"];
const text = (placeholder) => ({
	kind: "text",
	placeholder
});
const choice = (values) => ({
	kind: "choice",
	values
});
const both = (value) => ({
	action: value,
	cli: value
});
const inputs = [
	{
		name: "mode",
		description: "What to do. `build` builds the plugin and proves that each file loads.",
		value: choice(modes),
		default: both("build"),
		flag: false
	},
	{
		name: "path",
		description: "The plugin's module folder (where its go.mod is), relative to the workspace or the current folder.",
		value: text("folder"),
		default: both("."),
		flag: true
	},
	{
		name: "package",
		description: "The main package, relative to `path`.",
		value: text("folder"),
		default: both("."),
		flag: true
	},
	{
		name: "server",
		description: "The gotify server to build for: `latest`, a version (`v2.9.1`), a part of one (`2.9`) or a range (`>=2.6 <3`), which mean the newest stable match, a branch or commit, or the path of a gotify binary (`./gotify`).",
		value: text("server"),
		default: both("latest"),
		flag: true
	},
	{
		name: "targets",
		description: "`all`, `native` (the architecture of this machine), or a list separated by commas or lines of `linux-amd64`, `linux-arm64`, `linux-arm-7`, `linux-386`, `linux-riscv64`; `linux-` may be left out.",
		value: text("list"),
		default: {
			action: "all",
			cli: "native"
		},
		flag: true
	},
	{
		name: "builder",
		description: "`docker`: in the image that the server itself is built in, sealed off from the network. `host`: with the exact Go toolchain on this machine; it needs no Docker, and it is no sandbox.",
		value: choice(builders),
		default: {
			action: "docker",
			cli: "host"
		},
		flag: true
	},
	{
		name: "image",
		description: "Another image for the docker builder. `{go}` and `{arch}` stand for the Go version and the architecture. By default `gotify/build:{go}-linux-{arch}`.",
		value: text("image"),
		default: both(""),
		flag: true
	},
	{
		name: "dependencies",
		description: "`pin`: every module that the server has is built at the server's version. `cap`: only the modules that both go.mod files require, as gomod-cap does, then go mod tidy. `keep`: as the plugin's go.mod says. The plugin's own files are never changed.",
		value: choice(dependencyRules),
		default: both("pin"),
		flag: true
	},
	{
		name: "verify",
		description: "`static`: Go's own load check, read out of the plugin and the server without running either; only files that pass are handed on. `off`: no check, and no file is called loading.",
		value: choice(verifications),
		default: both("static"),
		flag: true
	},
	{
		name: "manifest",
		description: "What to compare with: an ABI manifest (JSON) or a gotify binary. By default the server's release, or what stands for it. A manifest is for one target, so build that target alone.",
		value: text("file"),
		default: both(""),
		flag: true
	},
	{
		name: "name",
		description: "First part of the names of files, `<name>-linux-<arch>-for-gotify-<version>.so`. By default the last part of the plugin's module path.",
		value: text("name"),
		default: both(""),
		flag: true
	},
	{
		name: "output",
		description: "The folder for the files and report.json, relative to the workspace or the current folder. A file that would not load goes to `rejected/` in it.",
		value: text("folder"),
		default: both("dist-plugins"),
		flag: true
	},
	{
		name: "server-api-url",
		description: "The GitHub API that gotify/server is read from. On GitHub Enterprise it stays the public one unless the server is mirrored there.",
		value: text("url"),
		default: both("https://api.github.com"),
		flag: true
	},
	{
		name: "ldflags",
		description: "More linker flags, such as `-X main.version=1.2.3`, added to `-w -s`. By default none.",
		value: text("flags"),
		default: both(""),
		flag: true
	},
	{
		name: "build-flags",
		description: "More flags for go build, one argument a line: `-tags`, `-v`, `-x`, `-p`, `-a`, and `-gcflags` and `-asmflags` for the plugin itself. A flag that would make a file that does not load is refused. By default none.",
		value: text("flags"),
		default: both(""),
		flag: true
	},
	{
		name: "concurrency",
		description: "How many targets are built side by side. By default as many as the machine has cores.",
		value: text("number"),
		default: both(""),
		flag: true
	},
	{
		name: "fail-fast",
		description: "Whether to start no more targets after the first one that fails.",
		value: { kind: "switch" },
		default: both("false"),
		flag: true
	},
	{
		name: "timeout",
		description: "Minutes that one target may take.",
		value: text("minutes"),
		default: both("30"),
		flag: true
	},
	{
		name: "cache-dir",
		description: "The folder of the module cache, the build caches and the facts about servers, relative to the workspace or the current folder. By default where the platform keeps caches.",
		value: text("folder"),
		default: both(""),
		flag: true
	},
	{
		name: "token",
		description: "A GitHub token, for more requests an hour; by default the job's, and on the command line GITHUB_TOKEN of the environment. It is sent to `server-api-url` only where that is the API which issued it.",
		value: text("token"),
		default: {
			action: "${{ github.token }}",
			cli: ""
		},
		flag: true
	}
];
/** The default of an input, as text. */
function defaultOf(name, entry) {
	return specOf(name).default[entry];
}
function specOf(name) {
	const spec = inputs.find((input) => input.name === name);
	if (spec === void 0) throw new Error(`no input is called ${name}`);
	return spec;
}
// src/gotify/specifier.ts
var import_valid = /* @__PURE__ */ __toESM(require_valid(), 1);
var import_valid$1 = /* @__PURE__ */ __toESM(require_valid$1(), 1);
const grammar = "Write latest, a version (v2.9.1), a part of one (2.9), a range (>=2.6 <3), all or all:<range>, a branch or commit, or the path of a gotify binary (./gotify); several are separated by commas or lines.";
/**
* Reads the `server` input: one item or several, separated by commas or newlines; an item written twice counts once.
*
* @param base the folder that relative paths of binaries start from, absolute
* @throws Failure (input) `no-server` for no item at all, `bad-server` for one that is nothing of the grammar
*/
function parseServers(text, base) {
	const items = text.split(/[,\r\n]/).map((item) => item.trim()).filter((item) => item !== "");
	if (items.length === 0) throw bad$2("no-server", "no server is named");
	return [...new Set(items)].map((item) => parseItem(item, base));
}
function parseItem(text, base) {
	if (text === "latest") return {
		kind: "latest",
		text
	};
	if (text === "all" || text.startsWith("all:")) return parseAll(text);
	if (/^(\.{1,2}\/|\/)/.test(text)) return {
		kind: "binary",
		text,
		path: resolve(base, text)
	};
	if (/^[0-9a-f]{7,40}$/.test(text)) return {
		kind: "ref",
		text,
		ref: text
	};
	if (/^v?\d/.test(text) && (0, import_valid.default)(text) !== null) return {
		kind: "exact",
		text,
		version: text.replace(/^v/, "")
	};
	const range = rangeOf(text);
	if (range !== null) return {
		kind: "range",
		text,
		range,
		every: false
	};
	if (!isRefName(text)) throw bad$2("bad-server", `${JSON.stringify(text)} names no server`);
	return {
		kind: "ref",
		text,
		ref: text
	};
}
function parseAll(text) {
	const range = text === "all" ? "*" : rangeOf(text.slice(4));
	if (range === null) throw bad$2("bad-server", `${JSON.stringify(text)} has no version range after all:`);
	return {
		kind: "range",
		text,
		range,
		every: true
	};
}
/** The range in one spelling, or null where it is none. */
function rangeOf(text) {
	const trimmed = text.trim();
	if (trimmed === "") return null;
	return (0, import_valid$1.default)(trimmed) === null ? null : trimmed.replace(/\s+/g, " ");
}
/** Whether git would take it for the name of a branch. */
function isRefName(text) {
	if (/[\u0000-\u0020\u007f~^:?*[\\]|\.\.|@\{|\/\//.test(text)) return false;
	const parts = text.split("/");
	return !text.startsWith("-") && text !== "@" && !text.endsWith(".") && parts.every(isRefPart);
}
function isRefPart(part) {
	return part !== "" && !part.startsWith(".") && !part.endsWith(".lock");
}
function bad$2(code, what) {
	return new Failure("input", {
		code,
		what,
		remedy: grammar,
		where: {
			kind: "input",
			input: "server"
		}
	});
}
// src/options/targets.ts
/** What other tools call these architectures. */
const otherNames = {
	arm: "linux-arm-7",
	arm7: "linux-arm-7",
	armv7: "linux-arm-7",
	armhf: "linux-arm-7",
	aarch64: "linux-arm64",
	x86_64: "linux-amd64",
	x64: "linux-amd64",
	i386: "linux-386",
	x86: "linux-386"
};
/**
* Reads the `targets` input: `all`, `native`, or names separated by commas, blanks or newlines, with or without
* `linux-`; one written twice counts once.
*
* @throws Failure (input, `bad-targets`) for anything else
*/
function parseTargets(text) {
	const items = text.split(/[\s,]+/).filter((item) => item !== "");
	const [only] = items;
	if (items.length === 1 && (only === "all" || only === "native")) return only;
	if (items.length === 0) throw bad$1("no target is named");
	return [...new Set(items.map(parseTarget))];
}
function parseTarget(item) {
	const name = targetNames.find((target) => target === item || target === `linux-${item}`);
	if (name !== void 0) return name;
	if (item === "all" || item === "native") throw bad$1(`${item} stands alone, and here it is in a list`);
	const meant = otherNames[item.replace(/^linux[-/]/, "")];
	throw bad$1(`${JSON.stringify(item)} is not a target${meant === void 0 ? "" : `; ${meant} may be meant`}`);
}
function bad$1(what) {
	return new Failure("input", {
		code: "bad-targets",
		what,
		remedy: `Write all, native, or some of ${targetNames.join(", ")}.`,
		where: {
			kind: "input",
			input: "targets"
		}
	});
}
// src/options/parse.ts
/**
* Checks everything that was asked for.
*
* @throws Failure (input) for the first input that cannot be, naming it and what may be written there
*/
function optionsFrom(raw, context) {
	const read = (name) => {
		const written = raw[name]?.trim() ?? "";
		return written === "" ? defaultOf(name, context.entry) : written;
	};
	const { base, env } = context;
	const path = (name) => resolve(base, noNul(name, read(name)));
	const serverApiUrl = apiUrl(read("server-api-url"));
	const cacheDir = read("cache-dir") === "" ? defaultCacheDir(env, context.platform) : path("cache-dir");
	return {
		mode: oneOf("mode", modes, read),
		base,
		path: path("path"),
		package: packageOf(noNul("package", read("package"))),
		server: oneServer(parseServers(read("server"), base)),
		targets: parseTargets(read("targets")),
		...buildersPart(read),
		...verifyPart(read, path),
		dependencies: oneOf("dependencies", dependencyRules, read),
		name: nameOf(read("name")),
		output: path("output"),
		serverApiUrl,
		token: tokenFor({
			serverApiUrl,
			gitHubApiUrl: env["GITHUB_API_URL"],
			token: tokenText(raw, context)
		}),
		flags: parseBuildFlags({
			ldflags: read("ldflags"),
			buildFlags: read("build-flags")
		}),
		concurrency: concurrency(read("concurrency"), context.cores),
		failFast: oneOf("fail-fast", ["true", "false"], (name) => read(name).toLowerCase()) === "true",
		timeoutMinutes: timeout(read("timeout")),
		cacheDir,
		dryRun: context.dryRun
	};
}
function oneOf(name, values, read) {
	const written = read(name);
	const value = values.find((candidate) => candidate === written);
	if (value !== void 0) return value;
	throw bad(name, `${quoted(written)} is not a value of ${name}`, `Write ${list(values)}.`);
}
function oneServer(servers) {
	const [server] = servers;
	if (server !== void 0 && servers.length === 1 && !(server.kind === "range" && server.every)) return server;
	throw new Failure("input", {
		code: "several-servers",
		what: "build takes one server for now, and this names several",
		remedy: "Name one server, such as latest or v2.9.1; run one build for each server you support.",
		where: {
			kind: "input",
			input: "server"
		}
	});
}
/** The main package as go takes it: `.`, or a path that starts with `./`. */
function packageOf(written) {
	const parts = written.split("/").filter((part) => part !== "" && part !== ".");
	const remedy = "Write a folder below `path`, such as ./cmd/plugin.";
	if (written.startsWith("/")) throw bad("package", `${quoted(written)} is absolute`, remedy);
	if (parts.includes("..")) throw bad("package", `${quoted(written)} leads out of the module`, remedy);
	if (parts.includes("...")) throw bad("package", `${quoted(written)} names more than one package`, remedy);
	return parts.length === 0 ? "." : `./${parts.join("/")}`;
}
function buildersPart(read) {
	const builder = oneOf("builder", builders, read);
	const image = read("image");
	if (image === "") return {
		builder,
		image: null
	};
	if (builder === "host") throw bad("image", "the host builder uses no image", "Leave image out, or write builder: docker.");
	const filled = image.replaceAll("{go}", "1.26.0").replaceAll("{arch}", "amd64");
	if (/^[a-z0-9][\w.:/@-]*$/i.test(filled)) return {
		builder,
		image
	};
	throw bad("image", `${quoted(image)} is not an image name`, "Write a name such as registry.example.org/build:{go}-linux-{arch}; only {go} and {arch} are filled in.");
}
function verifyPart(read, path) {
	const verify = oneOf("verify", verifications, read);
	if (read("manifest") === "") return {
		verify,
		manifest: null
	};
	if (verify === "static") return {
		verify,
		manifest: path("manifest")
	};
	throw bad("manifest", "nothing is compared with verify: off", "Leave manifest out, or write verify: static.");
}
function nameOf(written) {
	if (written === "") return null;
	if (/^[A-Za-z0-9_][\w.-]{0,99}$/.test(written)) return written;
	throw bad("name", `${quoted(written)} cannot be the first part of a file name`, "Write up to 100 letters, digits, dots, dashes and underscores, with no dot or dash in front.");
}
function apiUrl(written) {
	const url = URL.canParse(written) ? new URL(written) : null;
	const remedy = "Write an address such as https://api.github.com or https://github.example.org/api/v3.";
	if (url === null || !/^https?:$/.test(url.protocol)) throw bad("server-api-url", `${quoted(withoutUser(written))} is not the address of an API`, remedy);
	if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") throw bad("server-api-url", "the address has more than a host and a path", `${remedy} A token goes into token.`);
	return url.href.replace(/\/+$/, "");
}
/** Messages must not repeat a password. */
function withoutUser(address) {
	return address.replace(/\/\/.*@/, "//");
}
function tokenText(raw, { entry, env }) {
	const written = raw.token?.trim() ?? "";
	const token = written === "" && entry === "cli" ? env["GITHUB_TOKEN"] ?? "" : written;
	if (token === "") return null;
	if (/^[\x21-\x7e]+$/.test(token)) return token;
	throw bad("token", "the token has characters that no token has", "Pass the token alone, on one line.");
}
function concurrency(written, cores) {
	if (written === "") return Math.max(1, cores);
	if (/^[1-9]\d?$/.test(written)) return Number(written);
	throw bad("concurrency", `${quoted(written)} is not a number of targets`, "Write a whole number from 1 to 99.");
}
/** GitHub's own limit for a job is five days; a target that needs a day is stuck. */
const longestMinutes = 1440;
function timeout(written) {
	const minutes = /^\d+(\.\d+)?$/.test(written) ? Number(written) : 0;
	if (minutes > 0 && minutes <= longestMinutes) return minutes;
	const remedy = `Write minutes, more than 0 and at most ${String(longestMinutes)}.`;
	throw bad("timeout", `${quoted(written)} is not a time limit`, remedy);
}
function noNul(name, written) {
	if (!written.includes("\0")) return written;
	throw bad(name, "the path has a zero byte", "Write the path of a folder or file.");
}
function bad(input, what, remedy) {
	return new Failure("input", {
		code: `bad-${input}`,
		what,
		remedy,
		where: {
			kind: "input",
			input
		}
	});
}
function quoted(written) {
	return JSON.stringify(written.length > 200 ? `${written.slice(0, 200)}...` : written);
}
function list(values) {
	return values.length === 1 ? values[0] ?? "" : `${values.slice(0, -1).join(", ")} or ${values.at(-1) ?? ""}`;
}
export { inputs as n, optionsFrom as t };
