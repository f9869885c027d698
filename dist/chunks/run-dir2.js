import { n as randomBytes } from "./lean_node_crypto.js";
import { mt as removeDead, pt as ownerText, ut as stopped } from "./job.js";
import { isAbsolute, join } from "node:path";
// src/pipeline/run-dir.ts
/**
* Opens a scratch folder of this run's own, after removing those of runs that were killed before they could.
* A folder's name carries its owner, so that a later run can tell.
*/
async function openRun(cacheDir, ports) {
	const { files, caller, clock } = ports;
	const runs = join(cacheDir, "runs");
	await files.makeDir(runs);
	const here = {
		caller,
		now: clock.now(),
		files
	};
	await removeDead({
		folder: runs,
		pattern: /^(.*)_[0-9a-f]{8}$/
	}, here);
	return runIn(join(runs, `${ownerText(caller)}_${randomBytes(4).toString("hex")}`), files);
}
/** A scratch folder that is never made: its paths are what a dry run shows. */
function plannedRun(cacheDir) {
	const path = join(cacheDir, "runs", "RUN");
	return {
		path,
		folder: (...parts) => Promise.resolve(join(path, ...parts)),
		close: () => Promise.resolve()
	};
}
/** A scratch folder outside of the cache folder, for who must leave that alone. */
async function openTemporary({ files, env }) {
	const parent = isAbsolute(env["TMPDIR"] ?? "") ? env["TMPDIR"] ?? "" : "/tmp";
	return runIn(join(parent, `gotify-plugin-build-${randomBytes(8).toString("hex")}`), files);
}
async function runIn(path, files) {
	await files.makeDir(path);
	let closed = false;
	return {
		path,
		folder: async (...parts) => {
			if (closed) throw stopped();
			const folder = join(path, ...parts);
			await files.makeDir(folder);
			return folder;
		},
		close: () => {
			closed = true;
			return files.remove(path);
		}
	};
}
export { openTemporary as n, plannedRun as r, openRun as t };
