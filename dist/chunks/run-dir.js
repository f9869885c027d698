const require_rolldown_runtime = require("./rolldown-runtime.js");
const require_job = require("./job.js");
let node_path = require("node:path");
// src/pipeline/run-dir.ts
var run_dir_exports = /* @__PURE__ */ require_rolldown_runtime.__exportAll({ openRun: () => openRun });
/**
* Opens a scratch folder of this run's own, after removing those of runs that were killed before they could.
* A folder's name carries its owner, so that a later run can tell.
*/
async function openRun(cacheDir, ports) {
	const { files, caller, clock } = ports;
	const runs = (0, node_path.join)(cacheDir, "runs");
	await files.makeDir(runs);
	const here = {
		caller,
		now: clock.now(),
		files
	};
	await require_job.removeDead({
		folder: runs,
		pattern: /^(.*)_[0-9a-f]{8}$/
	}, here);
	return runIn((0, node_path.join)(runs, `${require_job.ownerText(caller)}_${require_job.randomBytes(4).toString("hex")}`), files);
}
/** A scratch folder that is never made: its paths are what a dry run shows. */
function plannedRun(cacheDir) {
	const path = (0, node_path.join)(cacheDir, "runs", "RUN");
	return {
		path,
		folder: (...parts) => Promise.resolve((0, node_path.join)(path, ...parts)),
		close: () => Promise.resolve()
	};
}
/** A scratch folder outside of the cache folder, for who must leave that alone. */
async function openTemporary({ files, env }) {
	const parent = (0, node_path.isAbsolute)(env["TMPDIR"] ?? "") ? env["TMPDIR"] ?? "" : "/tmp";
	return runIn((0, node_path.join)(parent, `gotify-plugin-build-${require_job.randomBytes(8).toString("hex")}`), files);
}
async function runIn(path, files) {
	await files.makeDir(path);
	let closed = false;
	return {
		path,
		folder: async (...parts) => {
			if (closed) throw require_job.stopped();
			const folder = (0, node_path.join)(path, ...parts);
			await files.makeDir(folder);
			return folder;
		},
		close: () => {
			closed = true;
			return files.remove(path);
		}
	};
}
Object.defineProperty(exports, "openRun", {
	enumerable: true,
	get: function() {
		return openRun;
	}
});
Object.defineProperty(exports, "openTemporary", {
	enumerable: true,
	get: function() {
		return openTemporary;
	}
});
Object.defineProperty(exports, "plannedRun", {
	enumerable: true,
	get: function() {
		return plannedRun;
	}
});
Object.defineProperty(exports, "run_dir_exports", {
	enumerable: true,
	get: function() {
		return run_dir_exports;
	}
});
