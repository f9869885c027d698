const require_start = require("./start.js");
const require_check = require("./check.js");
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
	return new require_start.Failure("input", {
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
	return new require_start.Failure("input", {
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
	return new require_start.Failure("input", {
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
	return new require_start.Failure("input", {
		code: releaseImmutable,
		what: `the release of ${tag} is published and immutable: it is too late for ${require_check.namesText(names, 10)}`,
		remedy: "Publish under a new tag, with every file in one run: an immutable release takes no assets once it is published."
	});
}
function damaged(name) {
	return new require_start.Failure("surroundings", {
		code: "upload-damaged",
		what: `${name} arrived at GitHub with another size or digest than the file has`,
		remedy: `See whether something writes to the file meanwhile. ${rerun}`
	});
}
function unsettled(tag) {
	return new require_start.Failure("surroundings", {
		code: "release-unsettled",
		what: `the release of ${tag} does not come to rest: it changes again and again while it is worked on`,
		remedy: `See whether other jobs work on the same release. ${rerun}`
	});
}
function sameName(name) {
	return new require_start.Failure("input", {
		code: "same-asset-name",
		what: `two files would become the asset ${name}`,
		remedy: "Give every file a name of its own; GitHub makes dots of special characters."
	});
}
function samePart(name, files) {
	return new require_start.Failure("input", {
		code: "same-part",
		what: `another job of this run has the part ${name} too, with ${files.length === 0 ? "no file" : require_check.namesText(files, 10)}`,
		remedy: "Give every job of the matrix a part of its own, such as its target.",
		where: {
			kind: "input",
			input: "part"
		}
	});
}
function badPartName(name) {
	return new require_start.Failure("input", {
		code: "bad-part-name",
		what: `${JSON.stringify(name)} cannot be the name of a part`,
		remedy: "Write letters, digits, dashes and underscores, with single dots between them, such as linux-amd64.",
		where: {
			kind: "input",
			input: "part"
		}
	});
}
Object.defineProperty(exports, "LookAgain", {
	enumerable: true,
	get: function() {
		return LookAgain;
	}
});
Object.defineProperty(exports, "assetExists", {
	enumerable: true,
	get: function() {
		return assetExists;
	}
});
Object.defineProperty(exports, "badPartName", {
	enumerable: true,
	get: function() {
		return badPartName;
	}
});
Object.defineProperty(exports, "damaged", {
	enumerable: true,
	get: function() {
		return damaged;
	}
});
Object.defineProperty(exports, "noSuchTag", {
	enumerable: true,
	get: function() {
		return noSuchTag;
	}
});
Object.defineProperty(exports, "otherCommit", {
	enumerable: true,
	get: function() {
		return otherCommit;
	}
});
Object.defineProperty(exports, "releaseImmutable", {
	enumerable: true,
	get: function() {
		return releaseImmutable;
	}
});
Object.defineProperty(exports, "rerun", {
	enumerable: true,
	get: function() {
		return rerun;
	}
});
Object.defineProperty(exports, "sameName", {
	enumerable: true,
	get: function() {
		return sameName;
	}
});
Object.defineProperty(exports, "samePart", {
	enumerable: true,
	get: function() {
		return samePart;
	}
});
Object.defineProperty(exports, "tooLate", {
	enumerable: true,
	get: function() {
		return tooLate;
	}
});
Object.defineProperty(exports, "unsettled", {
	enumerable: true,
	get: function() {
		return unsettled;
	}
});
