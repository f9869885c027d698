const require_rolldown_runtime = require("./rolldown-runtime.js");
const require_choose_targets = require("./choose-targets.js");
const require_start = require("./start.js");
const require_check = require("./check.js");
const require_failures = require("./failures.js");
const require_next_step = require("./next-step.js");
const require_job = require("./job.js");
const require_without_writing = require("./without-writing.js");
// src/publish/contents.ts
const mostTries = 5;
/**
* Reads what lies at a release.
*
* @throws Failure (input) `malformed-index`; (surroundings) `release-unsettled`, and what the API throws
*/
async function contentsOf(release, api) {
	for (let tries = 1; tries <= mostTries; tries += 1) try {
		return await readContents(release, api);
	} catch (error) {
		if (!(error instanceof require_failures.LookAgain)) throw error;
		await api.pause(tries);
	}
	throw require_failures.unsettled(release.tag);
}
async function readContents(release, api) {
	const assets = await api.assets(release.id) ?? [];
	const whole = assets.filter(({ state }) => state === "uploaded");
	const reading = {
		api,
		texts: /* @__PURE__ */ new Map()
	};
	const [indexes, fragments, foreignChecksums] = await Promise.all([
		require_next_step.readIndexes(whole, reading),
		require_next_step.readFragments(whole, reading),
		require_next_step.readForeign(whole, reading)
	]);
	return {
		release,
		assets,
		indexes,
		fragments,
		foreignChecksums
	};
}
/** What is said of files that are there, with just the bytes that it is said of where GitHub names their digest. */
function entriesIn({ assets, indexes, fragments }) {
	const whole = assets.filter(({ state }) => state === "uploaded");
	const digests = new Map(whole.map(({ name, digest }) => [name, digest]));
	const isThere = ({ file, sha256 }) => {
		const digest = digests.get(file);
		return digest === null || digest === `sha256:${sha256}`;
	};
	return [...indexes, ...fragments].flatMap(({ files }) => files).filter(isThere);
}
/** The plugin's module path; null: nothing of ours is there. */
function pluginIn({ indexes, fragments }) {
	return [...indexes, ...fragments][0]?.plugin ?? null;
}
/**
* Whether a run that brings no files would leave the release as it is: it is published, its texts say what is there, and
* nothing is left of the work. Else the run that worked on it was broken off, or is under way. Pure.
*/
function isFinished(contents, { draft, notes }) {
	const { release, assets, ...texts } = contents;
	const plugin = pluginIn(contents);
	if (plugin === null || release.immutable) return true;
	if (release.draft && !draft) return false;
	if (assets.some(isUntold)) return assets.every(({ name }) => !require_next_step.isScaffold(name));
	const seen = {
		release,
		assets,
		...texts,
		others: [],
		spent: [],
		ownFragment: null,
		tagCommit: null,
		made: /* @__PURE__ */ new Set(),
		taken: /* @__PURE__ */ new Set(),
		broken: /* @__PURE__ */ new Set()
	};
	const job = {
		tag: release.tag,
		commit: null,
		plugin,
		files: [],
		added: [],
		left: [],
		part: null,
		onExisting: null,
		prerelease: false,
		makeLatest: null,
		draft,
		notes
	};
	return require_next_step.nextStep(job, {
		kind: "release",
		seen
	}).kind === "done";
}
function isUntold({ name, state, digest }) {
	const matters = require_next_step.isPluginFile(name) || require_next_step.isIndex(name) || require_next_step.isChecksums(name);
	return state === "uploaded" && digest === null && matters;
}
// src/publish/missing.ts
var import_gte = /* @__PURE__ */ require_rolldown_runtime.__toESM(require_start.require_gte(), 1);
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
	return require_start.targetNames.filter((name) => name !== "linux-riscv64" || (0, import_gte.default)(server, firstRiscvServer));
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
	if (found.immutable) throw require_failures.tooLate(found, missing.flatMap(({ servers: those }) => those.map((each) => `gotify ${each}`)));
	for (const { servers: those, targets } of missing) ports.reporter.note(`The release ${tag} lacks ${targets.join(", ")} for gotify ${require_check.namesText(those, 10)}.`);
	const { buildMissing } = await Promise.resolve().then(() => require("./build-missing.js"));
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
	const found = tag === null ? await api.latest() : require_next_step.chooseRelease(await api.releasesOf(tag)).release;
	if (found !== null) return found;
	throw new require_start.Failure("input", {
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
		files: require_without_writing.withoutWriting(given.files)
	} : given;
	const { cacheDir, servers } = options;
	const lists = {
		...ports.github,
		...await ports.lists()
	};
	return require_check.serverTags(servers, require_check.rememberingLists(lists, {
		...ports,
		cacheDir
	}));
}
function namesOf({ targets }, { arch }) {
	return require_choose_targets.meantTargets({
		wanted: targets,
		arch
	}).map(({ name }) => name);
}
/** Texts that are out of date, what is left of the work, or a draft that nobody published: all files are there. */
async function finish(report, contents, { release, ports }) {
	const { tag } = contents.release;
	ports.reporter.note(`The release ${tag} has every file, and nobody finished it: that is done now.`);
	const { finishRelease } = await Promise.resolve().then(() => require("./release-files.js"));
	const { releaseExitCode } = await Promise.resolve().then(() => require("./publish-build.js"));
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
			name: name ?? require_job.pluginNameOf(module),
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
exports.entriesIn = entriesIn;
exports.followRelease = followRelease;
