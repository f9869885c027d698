import { t as Failure } from "./errors.js";
// src/build/flag-rules.ts
/** What is known about flags and tags that are refused: why each would not do. */
const changesShared = "it changes every package, also those that the plugin shares with the server, so the loader refuses the file";
const ours = "the build sets it itself";
const outside = "it puts programs or files of your choice into the build, which then proves nothing";
/** Flags of `go build` -> the reason. Where Go's own documentation is the source: `go help build`. */
const buildRefusals = /* @__PURE__ */ new Map([
	["trimpath", "the server is built without it; it changes the file names inside shared packages, so the loader refuses the file"],
	["race", changesShared],
	["msan", changesShared],
	["asan", changesShared],
	["cover", changesShared],
	["coverpkg", changesShared],
	["covermode", changesShared],
	["compiler", "gotify servers are built with gc, and a plugin of another compiler never loads"],
	["gccgoflags", "gotify servers are built with gc, and a plugin of another compiler never loads"],
	["linkshared", "a server cannot load a plugin that is linked to shared Go libraries"],
	["pgo", "a profile is applied to shared packages too, so the loader refuses the file"],
	["toolexec", outside],
	["overlay", outside],
	["exec", outside],
	["pkgdir", outside],
	["C", "the inputs path and package name the folder"],
	["o", "the inputs output and name decide where files go"],
	["mod", ours],
	["modfile", ours],
	["modcacherw", ours],
	["buildmode", ours],
	["buildvcs", ours],
	["installsuffix", ours],
	["ldflags", "the input ldflags takes linker flags"],
	["n", "it would print the commands and build nothing; use --dry-run"],
	["i", "Go does not know it any more"],
	["json", "the build reads Go's output itself"],
	["work", "it would leave temporary folders behind"],
	["debug-actiongraph", "it writes a file of your choice"],
	["debug-trace", "it writes a file of your choice"],
	["debug-runtime-trace", "it writes a file of your choice"]
]);
const standard = "it changes packages of the standard library that the plugin shares with the server, so the loader refuses the file";
const gin = "it changes gin, which the plugin shares with the server, so the loader refuses the file";
const setByGo = "Go sets it itself";
const tagRefusals = new Map([
	...[
		"netgo",
		"netcgo",
		"osusergo",
		"timetzdata",
		"faketime",
		"purego",
		"math_big_pure_go",
		"nethttpomithttp2"
	].map((tag) => [tag, standard]),
	...[
		"boringcrypto",
		"compiler_bootstrap",
		"cmd_go_bootstrap",
		"libfuzzer",
		"debuglog"
	].map((tag) => [tag, standard]),
	...[
		"nomsgpack",
		"jsoniter",
		"go_json",
		"sonic"
	].map((tag) => [tag, gin]),
	...[
		"race",
		"msan",
		"asan",
		"cgo",
		"gc",
		"gccgo"
	].map((tag) => [tag, setByGo])
]);
/** Why a tag is refused, or null. Tags that nobody knows are left to the verdict. */
function refusedTag(tag) {
	if (tag.startsWith("goexperiment.")) return standard;
	return tagRefusals.get(tag) ?? null;
}
/** The failure for a flag that an input may not have. */
function refusedFlag(input, what, remedy) {
	return new Failure("input", {
		code: "refused-flag",
		what,
		remedy,
		where: {
			kind: "input",
			input
		}
	});
}
// src/build/quoted.ts
const blanks = /* @__PURE__ */ new Set([
	" ",
	"	",
	"\n",
	"\r"
]);
/**
* Splits a flag's value into fields as the go command does (cmd/internal/quoted in Go): blanks separate, a field that
* begins with a single or double quote ends at the next such quote, and nothing is an escape.
*/
function splitQuoted(text) {
	const fields = [];
	let at = 0;
	while (at < text.length) {
		const first = text.charAt(at);
		if (blanks.has(first)) {
			at += 1;
			continue;
		}
		const quote = first === "\"" || first === "'" ? first : null;
		const start = quote === null ? at : at + 1;
		const end = quote === null ? blankFrom(text, start) : text.indexOf(quote, start);
		if (end < 0) return {
			kind: "unterminated",
			quote: first
		};
		fields.push(text.slice(start, end));
		at = quote === null ? end : end + 1;
	}
	return {
		kind: "fields",
		fields
	};
}
/**
* Writes fields so that `splitQuoted` gives the same fields back; null where Go has no way to write one of them (it
* needs quoting and holds both kinds of quotes).
*/
function joinQuoted(fields) {
	const written = [];
	for (const field of fields) {
		const quote = field !== "" && !/^["']/.test(field) && !/[ \t\n\r]/.test(field) ? "" : field.includes("'") ? "\"" : "'";
		if (quote !== "" && field.includes(quote)) return null;
		written.push(`${quote}${field}${quote}`);
	}
	return written.join(" ");
}
function blankFrom(text, start) {
	let at = start;
	while (at < text.length && !blanks.has(text.charAt(at))) at += 1;
	return at;
}
// src/build/ldflags.ts
/** Flags of `go tool link` without a value that are harmless in a plugin. */
const switches$1 = [
	"s",
	"w",
	"v",
	"c",
	"e",
	"dumpdep",
	"bindnow",
	"compressdwarf",
	"checklinkname"
];
/** Those with a value, and what it may be. */
const valued$1 = /* @__PURE__ */ new Map([
	["X", /^[^=\s]+\.[^=\s.]+=.*$/s],
	["buildid", /^.*$/s],
	["B", /^(?:none|gobuildid|0x(?:[0-9a-fA-F]{2})+)$/],
	["strictdups", /^[012]$/],
	["linkmode", /^external$/],
	["extldflags", /^.*$/s]
]);
/** Flags for the C linker that cannot name a file or a program, and leave a file that loads. */
const externalFlags = /^(?:-static-lib(?:gcc|stdc\+\+)|-Wl,(?:-z,(?:relro|now|noexecstack|defs)|--as-needed|--no-undefined|--build-id(?:=(?:none|md5|sha1|uuid|0x[0-9a-fA-F]+))?))$/;
const refusals = /* @__PURE__ */ new Map([
	["pluginpath", "the compiler names the plugin's symbols by its import path, so another path here makes a file that does not start"],
	["linkmode", "plugins are always linked by the C linker (external)"],
	["extld", "the build picks the compiler of each target itself"],
	["extar", "the build picks the tools of each target itself"],
	["linkshared", "a server cannot load a plugin that is linked to shared Go libraries"],
	["race", "the loader refuses a plugin with other instrumentation than the server's"],
	["msan", "the loader refuses a plugin with other instrumentation than the server's"],
	["asan", "the loader refuses a plugin with other instrumentation than the server's"],
	["d", "a plugin needs dynamic linking"],
	["buildmode", "the build sets it itself"],
	["installsuffix", "the build sets it itself"],
	["o", "the inputs output and name decide where files go"],
	["importcfg", "the build sets it itself"],
	["r", "a search path for libraries inside the file is of no use on the server's machine"],
	["I", "the server's loader is already running"],
	["L", "it adds a folder of your choice to the build"],
	["g", "it turns off the check of package hashes, which is what decides whether a plugin loads"],
	["f", "it accepts packages of another version, which the loader refuses"]
]);
/**
* Splits the input `ldflags` as Go does, and checks each flag.
*
* @returns one argument an item; the value of a flag is joined to it by `=`
* @throws Failure (input, `refused-flag`) for a flag that makes a file which does not load, or that reaches outside the build
*/
function checkLdflags(text) {
	const split = splitQuoted(text);
	if (split.kind === "unterminated") throw refused$2(`there is a ${split.quote} without its end`, "Close the quote.");
	const checked = [];
	const fields = split.fields;
	for (let at = 0; at < fields.length; at += 1) {
		const { name, value } = splitField(fields[at] ?? "");
		const allowed = valued$1.get(name);
		if (allowed === void 0) {
			checked.push(checkSwitch(name, value));
			continue;
		}
		if (value === null) at += 1;
		checked.push(checkValued({
			name,
			allowed,
			value: value ?? fields[at] ?? null
		}));
	}
	return checked;
}
function splitField(field) {
	const match = /^--?([A-Za-z]\w*)(?:=(.*))?$/s.exec(field);
	if (match?.[1] === void 0) throw refused$2(`"${field}" is not a linker flag`, "Write flags as for go build -ldflags, such as -X main.version=1.2.");
	return {
		name: match[1],
		value: match[2] ?? null
	};
}
function checkSwitch(name, value) {
	const reason = refusals.get(name);
	if (reason !== void 0) throw refused$2(`-${name} is refused: ${reason}`, "Leave it out.");
	if (!switches$1.includes(name)) throw refused$2(`-${name} is not among the linker flags that are known to be safe for a plugin`, allowedText$1());
	if (value !== null && !/^(?:true|false|0|1)$/.test(value)) throw refused$2(`-${name} has the value "${value}"`, "It is a switch.");
	return value === null ? `-${name}` : `-${name}=${value}`;
}
function checkValued(flag) {
	const { name, allowed, value } = flag;
	if (value === null) throw refused$2(`-${name} has no value`, `Write -${name}=VALUE.`);
	if (!allowed.test(value) || value.includes("\0")) throw refused$2(`-${name}=${value} is refused: ${refusals.get(name) ?? "Go does not take this value"}`, "Leave it out, or correct it.");
	if (name === "extldflags") checkExternal(value);
	return `-${name}=${value}`;
}
function checkExternal(value) {
	const split = splitQuoted(value);
	const bad = (split.kind === "fields" ? split.fields : [value]).find((field) => !externalFlags.test(field));
	if (bad === void 0) return;
	throw refused$2(`-extldflags with "${bad}" is refused: flags of the C linker can load programs, name files, or make a static file that does not load`, "Allowed are -Wl,-z,relro, -Wl,-z,now, -Wl,-z,noexecstack, -Wl,-z,defs, -Wl,--as-needed, -Wl,--no-undefined, -Wl,--build-id, -static-libgcc and -static-libstdc++.");
}
function allowedText$1() {
	return `Allowed are ${[...switches$1, ...valued$1.keys()].map((name) => `-${name}`).join(", ")}.`;
}
function refused$2(what, remedy) {
	return refusedFlag("ldflags", what, remedy);
}
// src/build/tool-flags.ts
/** Flags of `go tool compile` that change the plugin's own code or print something, and touch no file. */
const compilerFlags = /^-(?:N|l(?:=\d)?|m(?:=\d+)?|S|B|C|L|e|live|c=\d+|dwarf(?:=(?:true|false))?|dwarflocationlists(?:=(?:true|false))?|spectre=[a-z,]+)$/;
/** The same of `go tool asm`. */
const assemblerFlags = /^-(?:S|v|e|debug|spectre=[a-z,]+|D=?[A-Za-z_]\w*(?:=\w*)?)$/;
/**
* Checks the value of `-gcflags` or `-asmflags`: flags for the plugin's own packages only. Without a pattern Go gives
* them to the package named on the command line, which is the plugin's; a pattern has to name a folder of its module.
*
* @returns the value, as it was
* @throws Failure (input, `refused-flag`)
*/
function checkToolFlags(name, value) {
	const { pattern, flags } = splitPattern(value.trim());
	if (pattern !== null && !isOwnFolder(pattern)) throw refused$1(`-${name} for "${pattern}" is refused: it would change packages that the plugin shares with the server, so the loader refuses the file`, `Write -${name}=FLAGS for the plugin's own package, or -${name}=./...=FLAGS for all packages of its module.`);
	const fields = splitQuoted(flags);
	if (fields.kind === "unterminated") throw refused$1(`-${name} has a ${fields.quote} without its end`, "Close the quote.");
	const allowed = name === "gcflags" ? compilerFlags : assemblerFlags;
	for (const flag of fields.fields) if (!allowed.test(flag)) throw refused$1(`-${name}=${flag} is refused: it is not among the flags that are known to be safe for a plugin`, name === "gcflags" ? "Allowed are -N, -l, -m, -S, -B, -C, -L, -e, -live, -c=N, -dwarf, -dwarflocationlists, -spectre=LIST." : "Allowed are -D=NAME=VALUE, -S, -v, -e, -debug, -spectre=LIST.");
	return value;
}
/** As Go reads it: a value that does not begin with a dash is `pattern=flags`. */
function splitPattern(value) {
	if (value.startsWith("-")) return {
		pattern: null,
		flags: value
	};
	const at = value.indexOf("=");
	return at < 0 ? {
		pattern: value,
		flags: ""
	} : {
		pattern: value.slice(0, at).trim(),
		flags: value.slice(at + 1)
	};
}
/** A folder pattern matches by place, so one below the module cannot reach a dependency. */
function isOwnFolder(pattern) {
	return /^\.(?:\/|$)/.test(pattern) && !pattern.split("/").includes("..");
}
function refused$1(what, remedy) {
	return refusedFlag("build-flags", what, remedy);
}
// src/build/flags.ts
const switches = [
	"v",
	"x",
	"a"
];
const valued = [
	"tags",
	"p",
	"gcflags",
	"asmflags"
];
/**
* Reads the inputs `ldflags` (one text, split as Go splits it) and `build-flags` (one argument a line).
*
* @throws Failure (input, `refused-flag`) for every flag that is not on the allow-list, with the reason where it is a
*   known one: it would make a file that the loader refuses, reach outside the build, or undo what the build needs
*/
function parseBuildFlags(raw) {
	const flags = readFlags(raw.buildFlags);
	const tags = tagsOf(flags);
	return {
		ldflags: checkLdflags(raw.ldflags),
		flags: flags.filter(({ name }) => name !== "a").map((flag) => written(flag, tags)),
		tags,
		rebuildAll: flags.some(({ name }) => name === "a")
	};
}
function readFlags(text) {
	const lines = text.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== "");
	const flags = [];
	for (let at = 0; at < lines.length; at += 1) {
		const flag = splitFlag(lines[at] ?? "");
		const next = lines[at + 1];
		const takesNext = valued.includes(flag.name) && flag.value === null && next !== void 0;
		if (takesNext) at += 1;
		flags.push(checked(takesNext ? {
			name: flag.name,
			value: next
		} : flag));
	}
	return flags;
}
function splitFlag(line) {
	const match = /^--?([A-Za-z][\w-]*)(?:[= \t]\s*(.*))?$/s.exec(line);
	if (match?.[1] === void 0) throw refused(`"${line}" is not a build flag`, "Write one flag on each line, such as -tags=mytag.");
	return {
		name: match[1],
		value: match[2] ?? null
	};
}
function checked(flag) {
	const reason = buildRefusals.get(flag.name);
	if (reason !== void 0) throw refused(`-${flag.name} is refused: ${reason}`, "Leave it out.");
	if (switches.includes(flag.name)) {
		if (flag.value !== null) throw refused(`-${flag.name} takes no value here`, `Write -${flag.name} alone, or leave it out.`);
		return flag;
	}
	if (!valued.includes(flag.name)) throw refused(`-${flag.name} is not among the build flags that are known to be safe for a plugin`, allowedText());
	if (flag.value === null || flag.value === "") throw refused(`-${flag.name} has no value`, `Write -${flag.name}=VALUE on one line.`);
	return {
		name: flag.name,
		value: checkValue(flag.name, flag.value)
	};
}
function checkValue(name, value) {
	if (name === "tags") return checkTags(value);
	if (name === "gcflags" || name === "asmflags") return checkToolFlags(name, value);
	if (/^[1-9]\d{0,3}$/.test(value)) return value;
	throw refused(`-p has the value "${value}"`, "Give the number of commands that may run at once, such as -p=2.");
}
/** Go splits tags at commas; blanks are the older way and mean the same. */
function checkTags(value) {
	const tags = value.replaceAll(/^["']|["']$/g, "").split(/[\s,]+/).filter((tag) => tag !== "");
	for (const tag of tags) {
		if (!/^[\p{L}\p{N}_.]+$/u.test(tag)) throw refused(`"${tag}" is not a build tag`, "Tags are letters, digits, _ and dots.");
		const reason = refusedTag(tag);
		if (reason !== null) throw refused(`-tags ${tag} is refused: ${reason}`, "Leave this tag out.");
	}
	return tags.join(",");
}
function tagsOf(flags) {
	const values = flags.filter(({ name }) => name === "tags").map(({ value }) => value);
	if (values.length > 1) throw refused("-tags is given twice, and Go would use the last one only", "Join the tags with commas.");
	return values[0] ?? null;
}
function written({ name, value }, tags) {
	if (name === "tags") return `-tags=${tags ?? ""}`;
	return value === null ? `-${name}` : `-${name}=${value}`;
}
function allowedText() {
	return `Allowed are ${[...switches, ...valued].map((name) => `-${name}`).join(", ")}.`;
}
function refused(what, remedy) {
	return refusedFlag("build-flags", what, remedy);
}
// src/build/target.ts
/** What a plugin can be built for: the architectures that gotify releases servers for. */
const targetNames = [
	"linux-amd64",
	"linux-arm64",
	"linux-arm-7",
	"linux-386",
	"linux-riscv64"
];
const debianTargets = {
	"linux-amd64": target("linux-amd64", {
		goarch: "amd64",
		class: 64,
		machine: 62,
		triplet: "x86-64-linux-gnu"
	}),
	"linux-arm64": target("linux-arm64", {
		goarch: "arm64",
		class: 64,
		machine: 183,
		triplet: "aarch64-linux-gnu"
	}),
	"linux-arm-7": {
		...target("linux-arm-7", {
			goarch: "arm",
			class: 32,
			machine: 40,
			triplet: "arm-linux-gnueabihf"
		}),
		goarm: "7"
	},
	"linux-386": target("linux-386", {
		goarch: "386",
		class: 32,
		machine: 3,
		triplet: "i686-linux-gnu"
	}),
	"linux-riscv64": target("linux-riscv64", {
		goarch: "riscv64",
		class: 64,
		machine: 243,
		triplet: "riscv64-linux-gnu"
	})
};
function targetOf(name) {
	return debianTargets[name];
}
function target(name, { goarch, triplet, class: bits, machine }) {
	const prefix = triplet.replace("x86-64", "x86_64");
	return {
		name,
		goarch,
		elf: {
			class: bits,
			machine
		},
		compiler: {
			cc: `${prefix}-gcc`,
			cxx: `${prefix}-g++`,
			packages: [`gcc-${triplet}`, `g++-${triplet}`]
		}
	};
}
export { joinQuoted as i, targetOf as n, parseBuildFlags as r, targetNames as t };
