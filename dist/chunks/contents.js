import { f as unsettled, t as LookAgain } from "./failures.js";
import { C as isScaffold, S as isPluginFile, a as readForeign, b as isChecksums, o as readFragments, s as readIndexes, t as nextStep, x as isIndex } from "./next-step.js";
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
		if (!(error instanceof LookAgain)) throw error;
		await api.pause(tries);
	}
	throw unsettled(release.tag);
}
async function readContents(release, api) {
	const assets = await api.assets(release.id) ?? [];
	const whole = assets.filter(({ state }) => state === "uploaded");
	const reading = {
		api,
		texts: /* @__PURE__ */ new Map()
	};
	const [indexes, fragments, foreignChecksums] = await Promise.all([
		readIndexes(whole, reading),
		readFragments(whole, reading),
		readForeign(whole, reading)
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
	if (assets.some(isUntold)) return assets.every(({ name }) => !isScaffold(name));
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
	return nextStep(job, {
		kind: "release",
		seen
	}).kind === "done";
}
function isUntold({ name, state, digest }) {
	const matters = isPluginFile(name) || isIndex(name) || isChecksums(name);
	return state === "uploaded" && digest === null && matters;
}
export { pluginIn as i, entriesIn as n, isFinished as r, contentsOf as t };
