const require_job = require("./job.js");
const require_check = require("./check.js");
// src/publish/uploader.ts
const Report = require_check.object({ uploadedBy: require_check.object({
	job: require_check.string(),
	attempt: require_check.number()
}) });
function uploaderOf({ job, attempt, apart }) {
	return {
		job: digestOf([job, ...partsOf(apart)]).slice(0, 16),
		attempt
	};
}
/**
* Whether an artifact was uploaded by an earlier attempt of the same job: that alone may be replaced. What this attempt
* uploaded is of another job or step that looks the same.
*
* @param report the text of the artifact's report.json
*/
function isFromEarlierAttempt(report, { job, attempt }) {
	try {
		const read = require_check.safeParse(Report, JSON.parse(report));
		return read.success && read.output.uploadedBy.job === job && read.output.uploadedBy.attempt < attempt;
	} catch {
		return false;
	}
}
/** Also how a job without a matrix says so: `toJSON(matrix)` is `null` there. */
const nothing = [
	"",
	"null",
	"{}"
];
/** What is not empty, in an order of its own. */
function partsOf(apart) {
	return Object.entries(apart).filter(([, value]) => !nothing.includes(value.trim())).sort(([a], [b]) => a < b ? -1 : 1);
}
/** 64 hex digits. */
function digestOf(value) {
	return require_job.createHash("sha256").update(JSON.stringify(value)).digest("hex");
}
Object.defineProperty(exports, "digestOf", {
	enumerable: true,
	get: function() {
		return digestOf;
	}
});
Object.defineProperty(exports, "isFromEarlierAttempt", {
	enumerable: true,
	get: function() {
		return isFromEarlierAttempt;
	}
});
Object.defineProperty(exports, "partsOf", {
	enumerable: true,
	get: function() {
		return partsOf;
	}
});
Object.defineProperty(exports, "uploaderOf", {
	enumerable: true,
	get: function() {
		return uploaderOf;
	}
});
