import { A as Failure, N as worstExitCode, _ as exactly } from "./start.js";
import { t as runBuild } from "./build.js";
import { f as gitIn } from "./job.js";
import { t as openRun } from "./run-dir.js";
import { join, relative } from "node:path";
// src/pipeline/merge-reports.ts
/** Several builds of one plugin, for different servers and targets, as one report. Pure. */
function mergeReports(reports) {
	const [first, ...others] = reports;
	if (first === void 0) throw new Error("no report to merge");
	return others.reduce(merge, first);
}
function merge(a, b) {
	const known = new Set(a.servers.map(({ version }) => version));
	return {
		...a,
		servers: [...a.servers, ...b.servers.filter(({ version }) => !known.has(version))],
		groups: [...a.groups, ...b.groups],
		builds: {
			done: a.builds.done + b.builds.done,
			groups: a.builds.groups + b.builds.groups,
			targets: Math.max(a.builds.targets, b.builds.targets)
		},
		warnings: [.../* @__PURE__ */ new Set([...a.warnings, ...b.warnings])],
		compatible: a.compatible === b.compatible ? a.compatible : worse(a.compatible, b.compatible),
		exitCode: worstExitCode([a.exitCode, b.exitCode])
	};
}
function worse(a, b) {
	return a === false || b === false ? false : "unknown";
}
// src/pipeline/plugin-source.ts
/**
* Lays out the source of a commit: from git where the checkout has it, else over the API. Gives the plugin's folder in
* it, absolute; submodules are not in it.
*
* @throws Failure (input) `outside-repository`, `no-such-folder`; (surroundings) `no-source`, and what the API throws
*/
async function layOutSource(request, ports) {
	const { commit, dir, options } = request;
	const git = gitIn(options.path, ports);
	const top = (await git("rev-parse", "--show-toplevel"))?.trim() ?? options.base;
	const place = relative(await ports.files.realPath(top), await ports.files.realPath(options.path).catch(() => options.path));
	if (place.startsWith("..")) throw outside(options.path, top);
	const archive = join(dir, "source.tar");
	const source = join(dir, "source");
	await ports.files.makeDir(source);
	if (await git("cat-file", "-e", `${commit}^{commit}`) !== null && await gitIn(top, ports)("archive", "--format=tar", `--output=${archive}`, commit) !== null) await unpack(["-xf", archive], source, ports);
	else {
		await ports.source.download(commit, archive);
		await unpack([
			"-xzf",
			archive,
			"--strip-components=1"
		], source, ports);
	}
	await ports.files.remove(archive);
	const folder = join(source, place);
	if ((await ports.files.stat(folder))?.kind === "folder") return folder;
	throw new Failure("input", {
		code: "no-such-folder",
		what: `the commit ${commit.slice(0, 12)} of the release has no folder ${place}`,
		remedy: "Write as path where the plugin was when it was released.",
		where: {
			kind: "input",
			input: "path"
		}
	});
}
async function unpack(args, dir, { runner, env }) {
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
	throw new Failure("surroundings", {
		code: "no-source",
		what: `the source of the release cannot be unpacked: ${why}`,
		remedy: "See that tar and gzip are installed, and that the disk is not full."
	});
}
function outside(path, top) {
	return new Failure("input", {
		code: "outside-repository",
		what: `${path} is not in the repository at ${top}`,
		remedy: "Write the path of the plugin in the repository that its release is of.",
		where: {
			kind: "input",
			input: "path"
		}
	});
}
// src/pipeline/build-missing.ts
/**
* Builds what a release lacks, from the commit of its tag and from nothing else.
*
* @throws Failure (input) `no-such-tag`; and as runBuild and layOutSource do
*/
async function buildMissing({ missing, tag }, { options, release, ports }) {
	const source = await ports.source(release);
	const commit = await source.commitOfTag(tag);
	if (commit === null) throw noTag(tag);
	const run = await openRun(options.cacheDir, ports);
	ports.onClose(() => run.close());
	try {
		const dir = await run.folder("source");
		const path = await layOutSource({
			commit,
			options,
			dir
		}, {
			...ports,
			source
		});
		const reports = [];
		for (const { servers, targets } of missing) {
			const base = join(dir, "source");
			const own = {
				...options,
				base,
				path,
				servers: servers.map(exactly),
				targets
			};
			reports.push(await runBuild(own, ports, { commit: Promise.resolve(commit) }));
		}
		return mergeReports(reports);
	} finally {
		await run.close();
	}
}
function noTag(tag) {
	return new Failure("input", {
		code: "no-such-tag",
		what: `the release is of the tag ${tag}, and the repository has no such tag`,
		remedy: "Push the tag again; a draft has none before it is published.",
		where: {
			kind: "input",
			input: "release-tag"
		}
	});
}
export { buildMissing };
