import { t as createHash } from "./lean_node_crypto.js";
import { Xt as number, Zt as object, an as string, in as safeParse } from "./job.js";
// src/publish/uploader.ts
const Report = object({ uploadedBy: object({
	job: string(),
	attempt: number()
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
		const read = safeParse(Report, JSON.parse(report));
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
	return createHash("sha256").update(JSON.stringify(value)).digest("hex");
}
export { uploaderOf as i, isFromEarlierAttempt as n, partsOf as r, digestOf as t };
