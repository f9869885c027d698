const require_check = require("./check.js");
// src/adapters/github-answers.ts
const Sha = require_check.pipe(require_check.string(), require_check.regex(/^[0-9a-f]{40}$/, "not 40 hex digits"));
/** @see https://docs.github.com/en/rest/releases/releases#get-the-latest-release */
const LatestRelease = require_check.object({ tag_name: require_check.pipe(require_check.string(), require_check.minLength(1)) });
/** @see https://docs.github.com/en/rest/repos/repos#list-repository-tags */
const Tags = require_check.array(require_check.object({
	name: require_check.string(),
	commit: require_check.object({ sha: Sha })
}));
function tagsIn(answer) {
	return answer.map(({ name, commit }) => ({
		name,
		commit: commit.sha
	}));
}
Object.defineProperty(exports, "LatestRelease", {
	enumerable: true,
	get: function() {
		return LatestRelease;
	}
});
Object.defineProperty(exports, "Sha", {
	enumerable: true,
	get: function() {
		return Sha;
	}
});
Object.defineProperty(exports, "Tags", {
	enumerable: true,
	get: function() {
		return Tags;
	}
});
Object.defineProperty(exports, "tagsIn", {
	enumerable: true,
	get: function() {
		return tagsIn;
	}
});
