import { a as __toESM } from "./rolldown-runtime.js";
import { n as meantTargets } from "./choose-targets.js";
import { B as Failure, T as require_gte, b as targetNames } from "./start.js";
import { B as pluginNameOf, W as rememberingLists, q as serverTags, vn as namesText } from "./job.js";
import { d as tooLate } from "./failures.js";
import { i as pluginIn, n as entriesIn, r as isFinished, t as contentsOf } from "./contents.js";
import { c as chooseRelease } from "./next-step.js";
import { t as withoutWriting } from "./without-writing.js";
// src/publish/missing.ts
var import_gte = /* @__PURE__ */ __toESM(require_gte(), 1);
/** gotify's first release whose Go builds plugins for riscv64. */
const firstRiscvServer = "2.7.0";
/**
* What a release lacks. Pure.
*
* @param entries what is said of the files that are there
* @param wanted `all` leaves out riscv64 for servers that cannot have it
*/
function missingFrom(entries, servers, wanted) {
	const has = (server, target) => entries.some((entry) => entry.target === target && entry.servers.includes(server));
	const sets = /* @__PURE__ */ new Map();
	for (const server of servers) {
		const targets = targetsOf(server, wanted).filter((target) => !has(server, target));
		if (targets.length === 0) continue;
		const key = targets.join();
		const set = sets.get(key) ?? {
			servers: [],
			targets
		};
		set.servers.push(server);
		sets.set(key, set);
	}
	return [...sets.values()];
}
function targetsOf(server, wanted) {
	if (wanted !== "all") return wanted;
	return targetNames.filter((name) => name !== "linux-riscv64" || (0, import_gte.default)(server, firstRiscvServer));
}
// src/pipeline/follow.ts
/**
* The follower (`skip-existing`): finds what a release lacks for the servers and targets that are asked for, and builds
* only that. Where it lacks nothing, neither Docker nor Go is looked for, and no server's files are read.
*
* @throws Failure (input) `no-release`, `not-a-release`; and as runBuild, layOutSource and the API do
*/
async function followRelease(options, release, ports) {
	const api = await ports.releases(release);
	const [found, servers] = await Promise.all([findRelease(release, api), tagsOfServers(options, ports)]);
	const wanted = options.targets === "all" ? "all" : namesOf(options, ports);
	const contents = await contentsOf(found, api);
	const missing = missingFrom(entriesIn(contents), servers, wanted);
	const { tag } = found;
	if (missing.length === 0) {
		const report = nothingBuilt(contents, options);
		return {
			kind: "complete",
			report: options.dryRun || isFinished(contents, release) ? report : await finish(report, contents, {
				release,
				ports
			})
		};
	}
	if (found.immutable) throw tooLate(found, missing.flatMap(({ servers: those }) => those.map((each) => `gotify ${each}`)));
	for (const { servers: those, targets } of missing) ports.reporter.note(`The release ${tag} lacks ${targets.join(", ")} for gotify ${namesText(those, 10)}.`);
	const { buildMissing } = await import("./build-missing.js");
	return {
		kind: "built",
		tag,
		report: await buildMissing({
			contents,
			missing
		}, {
			options,
			release,
			ports
		})
	};
}
async function findRelease({ tag, repository }, api) {
	const found = tag === null ? await api.latest() : chooseRelease(await api.releasesOf(tag)).release;
	if (found !== null) return found;
	throw new Failure("input", {
		code: "no-release",
		what: tag === null ? `${repository} has no stable release` : `${repository} has no release of ${tag}`,
		remedy: "Publish the plugin once; from then on it is followed. A pre-release is followed where release-tag names it.",
		where: {
			kind: "input",
			input: "release-tag"
		}
	});
}
async function tagsOfServers(options, given) {
	const ports = options.dryRun ? {
		...given,
		files: withoutWriting(given.files)
	} : given;
	const { cacheDir, servers } = options;
	const lists = {
		...ports.github,
		...await ports.lists()
	};
	return serverTags(servers, rememberingLists(lists, {
		...ports,
		cacheDir
	}));
}
function namesOf({ targets }, { arch }) {
	return meantTargets({
		wanted: targets,
		arch
	}).map(({ name }) => name);
}
/** Texts that are out of date, what is left of the work, or a draft that nobody published: all files are there. */
async function finish(report, contents, { release, ports }) {
	const { tag } = contents.release;
	ports.reporter.note(`The release ${tag} has every file, and nobody finished it: that is done now.`);
	const { finishRelease } = await import("./release-files2.js");
	const { releaseExitCode } = await import("./publish-build2.js");
	const released = await finishRelease({
		tag,
		plugin: pluginIn(contents) ?? ""
	}, release, ports);
	return {
		...report,
		exitCode: releaseExitCode(released),
		published: {
			artifacts: null,
			release: released
		}
	};
}
/** What all files of a release were built from; null where that is unknown, or not one commit. */
function commitOf(entries) {
	const [commit = null, ...others] = new Set(entries.map((entry) => entry.commit));
	return others.length === 0 ? commit : null;
}
/** The report of a run that had nothing to do. */
function nothingBuilt(contents, { builder, dependencies, name, package: packageArg }) {
	const { tag, url } = contents.release;
	const module = pluginIn(contents) ?? "";
	return {
		schema: 1,
		mode: "build",
		builder,
		dependencies,
		plugin: {
			module,
			package: packageArg,
			name: name ?? pluginNameOf(module),
			commit: commitOf(entriesIn(contents))
		},
		servers: [],
		groups: [],
		warnings: [],
		builds: {
			done: 0,
			groups: 0,
			targets: 0
		},
		compatible: true,
		exitCode: 0,
		published: {
			artifacts: null,
			release: {
				kind: "complete",
				tag,
				url
			}
		}
	};
}
export { followRelease };
