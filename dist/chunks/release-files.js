const require_file = require("./file.js");
const require_failures = require("./failures.js");
const require_next_step = require("./next-step.js");
const require_check = require("./check.js");
const require_start = require("./start.js");
// src/publish/tag.ts
/**
* The commit that the release's tag leads to, which must be the one that this job's files were built from. GitHub makes
* a tag that is not there when a release is published, on the default branch: so it is asked for once more before that.
* (Naming the commit as target_commitish would put it right, but GitHub refuses that to a job's token as soon as the
* commit has other workflow files than the default branch.)
*
* @throws Failure (input) `no-such-tag`, `other-commit`
* @see https://docs.github.com/en/rest/releases/releases#update-a-release
*/
async function requireTag({ tag, commit, files, added }, api) {
	const is = await api.tagCommit(tag);
	if (is === null) throw require_failures.noSuchTag(tag);
	if (files.length === 0 && added.length === 0 || commit === null || commit === is) return is;
	throw require_failures.otherCommit({
		tag,
		is,
		built: `the files were built from ${commit}`,
		remedy: "Check the tag out and build that, or name the tag of the commit that was built."
	});
}
// src/publish/perform.ts
/** How often a job looks again for what others may be about to do, and while its own is not seen by others. */
const patience = 3;
const longPatience = 12;
/** For what is known and not listed: more than half a minute. */
const latePatience = 6;
/** Lists are not late for longer. */
const freshMs = 3e5;
/**
* Does a step. Gives whether it was the last one.
*
* @throws LookAgain; Failure (input) `release-immutable`, `no-such-tag`, `other-commit`
*/
async function perform(step, state, session) {
	if (state.kind === "none") return make(state.others.length, session);
	const { api } = session;
	const { release } = state.seen;
	switch (step.kind) {
		case "make": throw new require_failures.LookAgain();
		case "hold":
			await hold(step.assets, session);
			return false;
		case "yield":
			session.tries.yields += 1;
			if (session.tries.yields < patience) throw new require_failures.LookAgain();
			return perform(step.then, state, session);
		case "doubt":
			session.tries.doubts += 1;
			if (session.tries.doubts < latePatience) throw new require_failures.LookAgain();
			return perform(step.then, state, session);
		case "too-late":
			session.tries.late += 1;
			if ((release.publishedMs ?? 0) < freshMs && session.tries.late < longPatience) throw new require_failures.LookAgain();
			throw require_failures.tooLate(release, step.names);
		case "merge":
			await require_next_step.mergeDrafts(step.others, state.seen, session);
			return false;
		case "drop":
			await require_next_step.dropDrafts(step.drafts, session);
			return false;
		case "put":
			await require_next_step.putAll(step.puts, release, session);
			return false;
		case "remove":
			await require_next_step.allOf(step.assets, (asset) => require_next_step.remove(asset, session));
			return false;
		case "publish":
			await publish(state.seen, step.change, session);
			return false;
		case "edit":
			require_next_step.valueOf(await api.update(release.id, step.change));
			return false;
		case "wait":
			expectMore(step.parts.length, session);
			await require_next_step.requireOpen(release, session);
			return true;
		case "done":
			if (release.draft) await require_next_step.requireOpen(release, session);
			return true;
	}
}
/** Only a draft that is still open, with nothing new in it, of a tag that is still where it was. */
async function publish({ release, assets }, change, session) {
	const { api, job, tagCommit } = session;
	const [commit, now] = await Promise.all([
		requireTag(job, api),
		api.assets(release.id),
		require_next_step.requireOpen(release, session)
	]);
	session.tagCommit = commit;
	const seen = new Set(assets.map(({ id, name, state }) => `${String(id)} ${name} ${state}`));
	const isNew = ({ id, name, state }) => !seen.has(`${String(id)} ${name} ${state}`);
	if (commit !== tagCommit || now === null || now.some(isNew)) throw new require_failures.LookAgain();
	require_next_step.valueOf(await api.update(release.id, change));
}
/** A draft, with our markers in its text. Where drafts are being given up, there is another one that will show. */
async function make(others, session) {
	const { api, job, tries } = session;
	if (others > 0 && tries.again < patience) throw new require_failures.LookAgain();
	const { tag, prerelease } = job;
	const made = require_next_step.valueOf(await api.create({
		tag,
		name: tag,
		body: require_next_step.emptyNotes,
		prerelease
	}));
	session.made.add(made.id);
	session.last = made;
	return false;
}
/** Until the other job is through, or has had the time that an upload may take. */
async function hold(assets, { api, tell, told, tries }) {
	const names = assets.map(({ name }) => name).sort();
	const text = `Another job seems to be sending ${require_check.namesText(names, 10)}: this one waits for it.`;
	if (!told.has(text)) tell(text);
	told.add(text);
	tries.holds += 1;
	await api.pause(tries.holds);
}
/** Parts that come at the same moment may not see each other yet: then neither may be the one that ends it all. */
function expectMore(parts, { tries, isListed }) {
	if (parts > tries.parts) tries.waits = 0;
	tries.parts = parts;
	if (!isListed && tries.unlisted < longPatience) {
		tries.unlisted += 1;
		throw new require_failures.LookAgain();
	}
	tries.waits += 1;
	if (tries.waits < patience) throw new require_failures.LookAgain();
}
/** What came of it all. */
function outcome(step, seen, { job, sent, tell }) {
	const { release, assets } = seen;
	for (const { file, servers } of require_next_step.notAdded(job, seen)) tell(`${file} is not at the release as it was: nothing is said of it for gotify ${require_check.namesText(servers, 10)}.`);
	const present = job.files.filter((file) => require_next_step.holds(require_next_step.named(assets, file.name), file)).map(({ name }) => name);
	const common = {
		release,
		uploaded: present.filter((name) => sent.get(name) === "uploaded"),
		replaced: present.filter((name) => sent.get(name) === "replaced"),
		same: present.filter((name) => !sent.has(name)),
		skipped: job.files.map(({ name }) => name).filter((name) => !present.includes(name))
	};
	if (step.kind === "wait") return {
		kind: "waiting",
		...common,
		parts: step.parts,
		of: job.part?.of ?? 1
	};
	const known = new Set(require_next_step.allEntries(job, seen).map(({ file }) => file));
	const unknown = require_next_step.pluginAssets(assets).map(({ name }) => name).filter((name) => !known.has(name));
	return {
		kind: release.draft ? "draft" : "published",
		...common,
		unknown
	};
}
// src/publish/session.ts
function newSession({ api, tell }, job, tagCommit) {
	return {
		job,
		api,
		tell,
		tagCommit,
		made: /* @__PURE__ */ new Set(),
		merged: /* @__PURE__ */ new Map(),
		isListed: true,
		last: null,
		starters: /* @__PURE__ */ new Set(),
		failed: /* @__PURE__ */ new Set(),
		left: /* @__PURE__ */ new Set(),
		arrived: /* @__PURE__ */ new Map(),
		taken: /* @__PURE__ */ new Set(),
		told: /* @__PURE__ */ new Set(),
		texts: /* @__PURE__ */ new Map(),
		digests: /* @__PURE__ */ new Map(),
		sent: /* @__PURE__ */ new Map(),
		tries: {
			again: 0,
			failed: 0,
			parts: 0,
			waits: 0,
			unlisted: 0,
			late: 0,
			yields: 0,
			holds: 0,
			doubts: 0
		}
	};
}
// src/publish/publish-release.ts
/** A job gives up after so many looks, and after so many in a row that found the release changed. */
const mostLooks = 500;
const mostAgain = 30;
/** So many lost answers in a row, with longer and longer waits between them, are an outage. */
const mostFailures = 5;
/**
* Makes the tag's release hold the files, checksums.txt and gotify-plugin.json, and publishes it once it does: for a job
* that owns the release. What an earlier run uploaded is used. See docs/publishing.md.
*
* @param tell gets what is not an error, and nobody would expect
* @throws Failure (input) `no-such-tag`, `other-commit`, `asset-exists`, `release-immutable`, `same-asset-name`,
*   `malformed-index`; (surroundings) `upload-damaged`, `release-unsettled`, and what the API throws
*/
async function publishRelease(request, api, tell = () => void 0) {
	const published = await work({
		...request,
		part: null
	}, api, tell);
	if (published.kind !== "waiting") return published;
	throw new Error("a job that owns a release waits for nobody");
}
/**
* The same for one of several jobs that share the release: each brings its files and a fragment, and the one that sees
* all fragments does the rest.
*
* @throws Failure as publishRelease; (input) `bad-part-name`, `parts-differ`, `same-part`
*/
async function publishPart(request, api, tell = () => void 0) {
	const { name } = request.part;
	if (!/^[\w-]+(\.[\w-]+)*$/.test(name)) throw require_failures.badPartName(name);
	return work(request, api, tell);
}
async function work(request, api, tell) {
	const job = {
		...request,
		files: request.files.map((file) => ({
			...file,
			name: require_file.assetName(file.name)
		}))
	};
	const twin = job.files.find(({ name }, index) => job.files.findIndex((file) => file.name === name) < index);
	if (twin !== void 0) throw require_failures.sameName(twin.name);
	const tagCommit = await requireTag(job, api);
	if (job.commit === null && job.files.length > 0) tell(unknownCommit(tagCommit));
	const session = newSession({
		api,
		tell
	}, job, tagCommit);
	for (let looks = 0; looks < mostLooks; looks += 1) {
		const end = await once(session);
		if (end !== null) return end;
	}
	throw require_failures.unsettled(job.tag);
}
function unknownCommit(tagCommit) {
	return `It is not known which commit the files were built from, so nobody compared it with the tag's, ${tagCommit}.`;
}
/** One look, and what has to be done next. Null: not at the end yet. */
async function once(session) {
	const { api, job, tries } = session;
	try {
		const state = await require_next_step.look(session);
		const step = require_next_step.nextStep(job, state);
		const isEnd = await perform(step, state, session);
		tries.again = 0;
		if (step.kind === "put") tries.failed = 0;
		if (step.kind !== "hold") tries.holds = 0;
		if (step.kind !== "doubt") tries.doubts = 0;
		return isEnd && state.kind === "release" ? outcome(step, state.seen, session) : null;
	} catch (error) {
		if (!(error instanceof require_failures.LookAgain)) throw error;
		tries.again += 1;
		if (error.failure !== null) tries.failed += 1;
		if (error.failure !== null && tries.failed > mostFailures) throw error.failure;
		if (tries.again > mostAgain) throw error.failure ?? require_failures.unsettled(job.tag);
		await api.pause(Math.max(tries.again, tries.failed));
		return null;
	}
}
// src/pipeline/release-files.ts
/**
* Sends files to the release of a tag. Where something that was asked for does not load the release is not touched,
* unless `allow-partial` wants the rest. What fails is a line of the report: the files are built and stay.
*/
async function releaseFiles(request, options, ports) {
	const { tag, files, added, left } = request;
	const because = left.map(({ text }) => text);
	if (files.length === 0 && added.length === 0) return {
		kind: "refused",
		tag,
		because: [...because, "no file loads"]
	};
	if (left.length > 0 && !options.allowPartial) return {
		kind: "refused",
		tag,
		because
	};
	return reporting(tag, ports, async () => {
		if (options.attest && files.length > 0) await ports.attest(files, options.token);
		return send(request, options, ports);
	});
}
/** Does what a run that was broken off left to do at a release that has its files. What fails is told in the report. */
async function finishRelease({ tag, plugin }, options, ports) {
	const nothing = {
		tag,
		plugin,
		commit: null,
		files: [],
		added: [],
		left: []
	};
	return reporting(tag, ports, () => send(nothing, options, ports));
}
async function reporting(tag, { reporter }, work) {
	const task = reporter.task(`Release ${tag}`);
	try {
		const published = await work();
		task.done(ending(published));
		return reported(published);
	} catch (error) {
		const failure = require_start.asFailure(error);
		task.fail(failure.what);
		return {
			kind: "failed",
			tag,
			failure: require_start.reportedFailure(failure)
		};
	}
}
async function send({ plugin, commit, tag, files, added, left }, options, ports) {
	const { onExisting, prerelease, draft, makeLatest, notes, part } = options;
	const request = {
		plugin,
		commit,
		tag,
		files,
		added,
		left,
		onExisting,
		prerelease,
		draft,
		makeLatest,
		notes
	};
	const api = await ports.releases(options);
	const tell = (text) => ports.reporter.note(text);
	return part === null ? publishRelease(request, api, tell) : publishPart({
		...request,
		part
	}, api, tell);
}
function ending(published) {
	if (published.kind === "waiting") return `waiting: ${String(published.parts.length)} of ${String(published.of)} parts are there`;
	return published.kind === "draft" ? "complete, and still a draft" : "published";
}
function reported(published) {
	const { release, ...rest } = published;
	return {
		...rest,
		tag: release.tag,
		url: release.url
	};
}
exports.finishRelease = finishRelease;
exports.releaseFiles = releaseFiles;
