import { H as parseModFile, W as pLimit, a as runCheck, v as keptReplaces } from "./job.js";
import { c as asFailure } from "./start.js";
import { join } from "node:path";
// src/pipeline/check-base.ts
/** What the plugins were before the change. Without a base all is judged as new: that is stricter, never laxer. */
async function readBase(projects, context) {
	const { files, warnings } = await openBase(context);
	if (files === null) return {
		base: null,
		before: projects.map((project) => ({
			project,
			before: { kind: "none" }
		})),
		warnings
	};
	const before = await projectsAt(files, projects, context);
	return {
		base: before.some((each) => each.before.kind !== "unreadable") ? files.name : null,
		before,
		warnings: notCompared(before, files)
	};
}
async function openBase({ options, ports }) {
	if (!options.baseline) return {
		files: null,
		warnings: []
	};
	try {
		return {
			files: await ports.openBase(options.baseRef),
			warnings: []
		};
	} catch (error) {
		return {
			files: null,
			warnings: [`nothing is compared with the base: ${asFailure(error).what}`]
		};
	}
}
function projectsAt(base, projects, context) {
	const limit = pLimit(context.options.concurrency);
	return Promise.all(projects.map((project) => limit(async () => ({
		project,
		before: await projectAt(base, project, context)
	}))));
}
async function projectAt(base, project, { builder }) {
	try {
		const goModText = await base.read(project.goModFile);
		if (goModText === null) return { kind: "absent" };
		const goSumText = builder === null ? null : await base.read(join(project.moduleDir, "go.sum"));
		const file = `${project.displayGoMod} of ${base.name}`;
		const goMod = parseModFile(goModText, file);
		keptReplaces(goMod, {
			dependencies: "keep",
			server: { pinList: {
				source: "go.mod",
				modules: []
			} }
		}, file);
		return {
			kind: "project",
			project: {
				...project,
				goModText,
				goSumText,
				goMod
			}
		};
	} catch (error) {
		return {
			kind: "unreadable",
			failure: asFailure(error)
		};
	}
}
/** One sentence for each reason, with the files that it keeps from being compared. */
function notCompared(compared, base) {
	const reasons = /* @__PURE__ */ new Map();
	for (const { project, before } of compared) {
		if (before.kind !== "unreadable") continue;
		const { kind, code, what } = before.failure;
		const key = kind === "surroundings" ? code : what;
		const reason = reasons.get(key) ?? {
			what,
			files: []
		};
		reason.files.push(project.displayGoMod);
		reasons.set(key, reason);
	}
	return [...reasons.values()].map(({ what, files }) => {
		const are = files.length === 1 ? "is" : "are";
		return `${some(files)} ${are} not compared with ${base.name}: ${what}`;
	});
}
/** The first few, and how many more there are. */
function some(files) {
	const more = files.length - 5;
	return more > 0 ? `${files.slice(0, 5).join(", ")} and ${String(more)} more` : files.join(", ");
}
export { runCheck, readBase as t };
