const require_rolldown_runtime = require("./rolldown-runtime.js");
const require_job = require("./job.js");
const require_start = require("./start.js");
let node_path = require("node:path");
/** Whether a file is what Git LFS has in a file's place until it is fetched. */
function isPointer(content) {
	return content.length < 1024 && Buffer.from(content).toString("latin1").startsWith("version https://git-lfs.github.com/spec/");
}
/** A file that would be built, and embedded, as the pointer that it is. */
function lfsPointer(file, commit) {
	return new require_start.Failure("input", {
		code: "lfs-pointer",
		what: `of the commit ${short(commit)} there is only the Git LFS pointer of this file`,
		remedy: "Check the repository out before, with fetch-depth: 0 and lfs: true.",
		where: {
			kind: "file",
			file
		}
	});
}
function noSubmodule(path, commit) {
	return new require_start.Failure("input", {
		code: "no-submodule",
		what: `the commit ${short(commit)} has a submodule here, whose files are not at hand`,
		remedy: "Check the repository out before, with fetch-depth: 0 and submodules: recursive.",
		where: {
			kind: "file",
			file: path
		}
	});
}
/** What GitHub's archive of a commit is not: .gitattributes can leave files out of archives, and change their text. */
function notTheCommit(what, commit) {
	return new require_start.Failure("input", {
		code: "source-differs",
		what: `GitHub's archive of the commit ${short(commit)} is not all of it: ${what}`,
		remedy: "Check the repository out before, with fetch-depth: 0: export-ignore and export-subst in .gitattributes change archives only."
	});
}
function short(commit) {
	return commit.slice(0, 12);
}
// src/pipeline/source-from-git.ts
var source_from_git_exports = /* @__PURE__ */ require_rolldown_runtime.__exportAll({ layOutFromGit: () => layOutFromGit });
/** The repository's own settings that would have git do more than writing files, or less. */
const settings = [...[
	"core.hooksPath=/dev/null",
	"core.fsmonitor=false",
	"core.splitIndex=false"
], ...["core.sparseCheckout=false", "submodule.recurse=false"]].flatMap((setting) => ["-c", setting]);
/** Its files may be large, and are asked for over the network. */
const withoutLfs = [
	"smudge=",
	"process=",
	"required=false"
].flatMap((setting) => ["-c", `filter.lfs.${setting}`]);
/**
* Lays a commit out as a checkout of it would: with what .gitattributes says of line ends, the filters that git is
* configured to use (Git LFS, unless what it has may be left), and its submodules. What .gitattributes keeps out of
* archives is there too. The repository, its index and its files stay as they are.
*
* @returns false where git has not all of the commit; the folder may have a part of it then
* @throws Failure (input) `lfs-pointer`, `no-submodule`, where that is refused
*/
async function layOutFromGit(source, ports) {
	const { repository, commit, into, index, absent } = source;
	const here = require_job.gitIn(repository, ports);
	if (await here("cat-file", "-e", `${commit}^{commit}`) === null) return false;
	const gitDir = (await here("rev-parse", "--absolute-git-dir"))?.trim() ?? "";
	const inside = require_job.gitIn(into, ports, { GIT_INDEX_FILE: index });
	const own = [...settings, ...absent === "left" ? withoutLfs : []];
	const git = (...args) => inside(`--git-dir=${gitDir}`, `--work-tree=${into}`, ...own, ...args);
	if (await git("read-tree", "--reset", "-u", commit) === null) return false;
	if (absent === "refused") await refusePointers({
		...source,
		git
	}, ports);
	await layOutSubmodules({
		...source,
		git
	}, ports);
	return true;
}
/** Where Git LFS is not set up, or may not fetch, its pointers are all there is. */
async function refusePointers({ git, into, commit }, { files }) {
	for (const path of listed(await git("ls-files", "-z", "--", ":(attr:filter=lfs)"))) {
		const file = (0, node_path.join)(into, path);
		const found = await files.stat(file);
		if (found?.kind !== "file" || found.size >= 1024) continue;
		if (isPointer(await files.readBytes(file))) throw lfsPointer(path, commit);
	}
}
/** A submodule is laid out from where it is checked out in the repository. */
async function layOutSubmodules({ git, ...source }, ports) {
	for (const line of listed(await git("ls-files", "-z", "--stage"))) {
		const [, commit = "", path = ""] = /^160000 ([0-9a-f]+) 0\t(.+)$/s.exec(line) ?? [];
		if (path === "") continue;
		const part = {
			absent: source.absent,
			repository: (0, node_path.join)(source.repository, path),
			commit,
			into: (0, node_path.join)(source.into, path),
			index: `${source.index}-${commit}`
		};
		await ports.files.makeDir(part.into);
		if (await isRepository(part.repository, ports) && await layOutFromGit(part, ports)) continue;
		if (source.absent === "refused") throw noSubmodule(path, source.commit);
		await ports.files.remove(part.into);
		await ports.files.makeDir(part.into);
	}
}
/** In a submodule's folder that is empty git would find the repository around it. */
async function isRepository(folder, ports) {
	if ((await ports.files.stat(folder))?.kind !== "folder") return false;
	const top = (await require_job.gitIn(folder, ports)("rev-parse", "--show-toplevel"))?.trim() ?? "";
	return top !== "" && await ports.files.realPath(top) === await ports.files.realPath(folder);
}
function listed(output) {
	return (output ?? "").split("\0").filter((item) => item !== "");
}
Object.defineProperty(exports, "isPointer", {
	enumerable: true,
	get: function() {
		return isPointer;
	}
});
Object.defineProperty(exports, "layOutFromGit", {
	enumerable: true,
	get: function() {
		return layOutFromGit;
	}
});
Object.defineProperty(exports, "lfsPointer", {
	enumerable: true,
	get: function() {
		return lfsPointer;
	}
});
Object.defineProperty(exports, "noSubmodule", {
	enumerable: true,
	get: function() {
		return noSubmodule;
	}
});
Object.defineProperty(exports, "notTheCommit", {
	enumerable: true,
	get: function() {
		return notTheCommit;
	}
});
Object.defineProperty(exports, "short", {
	enumerable: true,
	get: function() {
		return short;
	}
});
Object.defineProperty(exports, "source_from_git_exports", {
	enumerable: true,
	get: function() {
		return source_from_git_exports;
	}
});
