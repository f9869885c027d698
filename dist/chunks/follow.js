import { a as __toESM } from "./rolldown-runtime.js";
import { n as meantTargets } from "./choose-targets.js";
import { L as Failure, T as require_gte, b as targetNames } from "./start.js";
import { V as rememberingLists, W as serverTags, j as pluginNameOf } from "./job.js";
import { c as tooLate } from "./failures.js";
import { o as parseIndex, p as indexName } from "./index-file.js";
import { t as withoutWriting } from "./without-writing.js";
// src/publish/missing.ts
var import_gte = /* @__PURE__ */ __toESM(require_gte(), 1);
/** gotify's first release whose Go builds plugins for riscv64. */
const firstRiscvServer = "2.7.0";
/**
* What a release lacks: gotify-plugin.json alone says which file is for which server, and counts where the file is
* there. Pure.
*
* @param wanted `all` leaves out riscv64 for servers that cannot have it
*/
function missingFrom({ index, assets }, servers, wanted) {
	const here = new Map(assets.flatMap(({ name, state, digest }) => state === "uploaded" ? [[name, digest]] : []));
	const has = (server, target) => index?.files.some((entry) => entry.target === target && entry.servers.includes(server) && here.has(entry.file) && [null, `sha256:${entry.sha256}`].includes(here.get(entry.file) ?? null)) ?? false;
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
	const missing = missingFrom(contents, servers, wanted);
	const { tag } = found;
	const { index } = contents;
	if (missing.length === 0) return {
		kind: "complete",
		report: nothingBuilt(index, found, options)
	};
	if (found.immutable) throw tooLate(found, missing.flatMap(({ servers: those }) => those.map((each) => `gotify ${each}`)));
	for (const { servers: those, targets } of missing) ports.reporter.note(`The release ${tag} lacks ${targets.join(", ")} for gotify ${those.join(", ")}.`);
	const { buildMissing } = await import("./build-missing.js");
	return {
		kind: "built",
		tag,
		report: await buildMissing({
			tag,
			index,
			missing
		}, {
			options,
			release,
			ports
		})
	};
}
async function findRelease({ tag, repository }, api) {
	const found = tag === null ? await api.latest() : (await api.releasesOf(tag))[0] ?? null;
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
async function contentsOf({ id }, api) {
	const assets = await api.assets(id) ?? [];
	const asset = assets.find(({ name, state }) => name === "gotify-plugin.json" && state === "uploaded");
	const bytes = asset === void 0 ? null : await api.read(asset);
	return {
		assets,
		index: bytes === null ? null : parseIndex(bytes, indexName)
	};
}
/** The report of a run that had nothing to do. */
function nothingBuilt(index, { tag, url }, { builder, dependencies, name, package: packageArg }) {
	const module = index?.plugin ?? "";
	return {
		schema: 1,
		mode: "build",
		builder,
		dependencies,
		plugin: {
			module,
			package: packageArg,
			name: name ?? pluginNameOf(module),
			commit: index?.commit ?? null
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
