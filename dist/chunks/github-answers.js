const require_job = require("./job.js");
// src/adapters/github-answers.ts
const Sha = require_job.pipe(require_job.string(), require_job.regex(/^[0-9a-f]{40}$/, "not 40 hex digits"));
/** @see https://docs.github.com/en/rest/releases/releases#get-the-latest-release */
const LatestRelease = require_job.object({ tag_name: require_job.pipe(require_job.string(), require_job.minLength(1)) });
/** @see https://docs.github.com/en/rest/repos/repos#list-repository-tags */
const Tags = require_job.array(require_job.object({
	name: require_job.string(),
	commit: require_job.object({ sha: Sha })
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
