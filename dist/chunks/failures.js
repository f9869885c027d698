import { B as Failure } from "./start.js";
import { vn as namesText } from "./job.js";
// src/publish/failures.ts
const rerun = "Run the job again: it goes on with what is uploaded already.";
/**
* The release is not as it was thought to be, or an answer is lost: it has to be looked at again. `failure` is what users
* see if that never ends.
*/
var LookAgain = class extends Error {
	failure;
	constructor(failure = null) {
		super("look again");
		this.name = "LookAgain";
		this.failure = failure;
	}
};
function noSuchTag(tag) {
	return new Failure("input", {
		code: "no-such-tag",
		what: `the repository has no tag ${JSON.stringify(tag)}`,
		remedy: "Push the tag first, or name one that exists.",
		where: {
			kind: "input",
			input: "release-tag"
		}
	});
}
function otherCommit({ tag, is, built, remedy }) {
	return new Failure("input", {
		code: "other-commit",
		what: `the tag ${tag} is of the commit ${is}, and ${built}`,
		remedy,
		where: {
			kind: "input",
			input: "release-tag"
		}
	});
}
function assetExists(name) {
	return new Failure("input", {
		code: "asset-exists",
		what: `the release has ${name} already, with other bytes`,
		remedy: "Write on-existing: replace or on-existing: skip, or publish under another tag.",
		where: {
			kind: "input",
			input: "on-existing"
		}
	});
}
/** The code of what is too late for a release. */
const releaseImmutable = "release-immutable";
function tooLate({ tag }, names) {
	return new Failure("input", {
		code: releaseImmutable,
		what: `the release of ${tag} is published and immutable: it is too late for ${namesText(names, 10)}`,
		remedy: "Publish under a new tag, with every file in one run: an immutable release takes no assets once it is published."
	});
}
function damaged(name) {
	return new Failure("surroundings", {
		code: "upload-damaged",
		what: `${name} arrived at GitHub with another size or digest than the file has`,
		remedy: `See whether something writes to the file meanwhile. ${rerun}`
	});
}
function unsettled(tag) {
	return new Failure("surroundings", {
		code: "release-unsettled",
		what: `the release of ${tag} does not come to rest: it changes again and again while it is worked on`,
		remedy: `See whether other jobs work on the same release. ${rerun}`
	});
}
function sameName(name) {
	return new Failure("input", {
		code: "same-asset-name",
		what: `two files would become the asset ${name}`,
		remedy: "Give every file a name of its own; GitHub makes dots of special characters."
	});
}
function samePart(name, files) {
	return new Failure("input", {
		code: "same-part",
		what: `another job of this run has the part ${name} too, with ${files.length === 0 ? "no file" : namesText(files, 10)}`,
		remedy: "Give every job of the matrix a part of its own, such as its target.",
		where: {
			kind: "input",
			input: "part"
		}
	});
}
function badPartName(name) {
	return new Failure("input", {
		code: "bad-part-name",
		what: `${JSON.stringify(name)} cannot be the name of a part`,
		remedy: "Write letters, digits, dashes and underscores, with single dots between them, such as linux-amd64.",
		where: {
			kind: "input",
			input: "part"
		}
	});
}
export { noSuchTag as a, rerun as c, tooLate as d, unsettled as f, damaged as i, sameName as l, assetExists as n, otherCommit as o, badPartName as r, releaseImmutable as s, LookAgain as t, samePart as u };
