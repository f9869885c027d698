const require_job = require("./job.js");
const require_check = require("./check.js");
const require_start = require("./start.js");
const require_unzip = require("./unzip.js");
const require_uploader = require("./uploader.js");
const require_toolkit_output = require("./toolkit-output.js");
let node_os = require("node:os");
let node_path = require("node:path");
// src/adapters/artifact-errors.ts
const otherwise = "Write publish: none to go without artifacts.";
function notInActions() {
	return new require_start.Failure("surroundings", {
		code: "artifact-unavailable",
		what: "there is nowhere to upload artifacts to: ACTIONS_RESULTS_URL and ACTIONS_RUNTIME_TOKEN are not set",
		remedy: `Only a job of GitHub Actions has artifacts. ${otherwise}`
	});
}
/** The name is taken, and not by an earlier attempt of the same job. */
function artifactExists(name, cause) {
	return new require_start.Failure("surroundings", {
		code: "artifact-exists",
		what: `the artifact ${name} is there already in this run: another job or step uploaded it`,
		remedy: "Give each job a name of its own by artifact-name, for instance with a value of its matrix in it.",
		cause
	});
}
/** What an error of @actions/artifact means. Its own classes are lost on the way: only the texts tell them apart. */
function artifactFailure(error, name) {
	const reason = reasonOf(error);
	if (/\(409\)/.test(reason)) return artifactExists(name, error);
	const { code, what, remedy } = explain(reason);
	return new require_start.Failure("surroundings", {
		code,
		what: `the artifact ${name} ${what}`,
		remedy,
		cause: error
	});
}
/**
* @see https://github.com/actions/toolkit/blob/main/packages/artifact/src/internal/shared/errors.ts
* @see https://github.com/actions/toolkit/blob/main/packages/artifact/src/internal/shared/artifact-twirp-client.ts
*/
function explain(reason) {
	if (/not currently supported on GHES/.test(reason)) return {
		code: "artifact-unsupported",
		what: "cannot be uploaded: GitHub Enterprise Server does not have artifacts of this kind",
		remedy: `${otherwise} The files stay in the output folder, where another action can take them.`
	};
	if (/storage quota has been hit/i.test(reason)) return {
		code: "artifact-quota",
		what: "was refused: the storage that GitHub gives for artifacts is used up",
		remedy: `Delete old artifacts or lower retention-days. ${otherwise}`
	};
	if (/\(40[13]\)/.test(reason)) return {
		code: "artifact-permission",
		what: `was refused (${reason})`,
		remedy: "The job's token may have expired, as it does when the job runs for too long. Run the job again."
	};
	return {
		code: "artifact-failed",
		what: `could not be uploaded (${reason})`,
		remedy: "Run the job again."
	};
}
/** One line, not too long. */
function reasonOf(error) {
	return (error instanceof Error ? error.message : String(error)).replace(/[\u0000-\u0020\u007f]+/g, " ").slice(0, 200);
}
// src/adapters/artifacts.ts
/** As many as assets of a release. */
const uploadsAtOnce = 4;
/** Measured on a plugin of 30 MB: 37 % of it in 0.8 s; the default, 6, comes to 34 % in 1.2 s. */
const compressionLevel = 1;
/**
* Uploads the artifacts to the workflow run. A later attempt of a job replaces what an earlier one uploaded under the
* same name. That of another job, whose attempt may lie long ago, is left alone.
*
* @throws Failure (surroundings) `artifact-unavailable` outside a job of GitHub Actions, `artifact-unsupported` on GitHub
*   Enterprise Server, `artifact-exists`, `artifact-quota`, `artifact-permission`, `artifact-failed`
*/
async function uploadArtifacts(artifacts, { env, reporter }) {
	if (artifacts.length === 0) return [];
	if (!require_start.hasArtifacts(env)) throw notInActions();
	const { DefaultArtifactClient } = await Promise.resolve().then(() => require("./artifact.js"));
	const client = new DefaultArtifactClient();
	const limit = require_check.pLimit(uploadsAtOnce);
	const one = (artifact) => limit(() => upload(artifact, client));
	return (await require_toolkit_output.withToolkitOutput(() => Promise.allSettled(artifacts.map(one)), reporter)).map((result) => {
		if (result.status === "fulfilled") return result.value;
		throw result.reason;
	});
}
async function upload(artifact, client) {
	const { name, files, uploader, retentionDays } = artifact;
	try {
		if (uploader.attempt > 1) await removeOld(artifact, client);
		const options = {
			compressionLevel,
			...retentionDays === null ? {} : { retentionDays }
		};
		const { id, size } = await client.uploadArtifact(name, [...files], commonFolder(files), options);
		if (id === void 0) throw new Error("the answer names no id");
		return {
			name,
			id,
			size: size ?? 0
		};
	} catch (error) {
		throw error instanceof require_start.Failure ? error : artifactFailure(error, name);
	}
}
/**
* What an earlier attempt uploaded. Nothing that GitHub says of an artifact tells whose it is: its report.json does.
*
* @throws Failure (surroundings) `artifact-exists` for that of anybody else
*/
async function removeOld({ name, uploader }, client) {
	const id = await idOf(name, client);
	if (id === null) return;
	if (!require_uploader.isFromEarlierAttempt(await reportIn(id, client), uploader)) throw artifactExists(name);
	await client.deleteArtifact(name);
}
/** Null: there is no such artifact. */
async function idOf(name, client) {
	try {
		return (await client.getArtifact(name)).artifact.id;
	} catch (error) {
		if (error instanceof Error && error.name === "ArtifactNotFoundError") return null;
		throw error;
	}
}
/** A report has some hundred kilobytes at most. */
const mostReportBytes = 16 * 2 ** 20;
/** The text of an artifact's report.json; empty where it has none. */
async function reportIn(id, client) {
	const folder = await require_job.mkdtemp((0, node_path.join)((0, node_os.tmpdir)(), "gotify-plugin-artifact-"));
	try {
		await client.downloadArtifact(id, {
			path: folder,
			skipDecompress: true
		});
		const [zip] = await require_job.readdir(folder);
		if (zip === void 0) return "";
		const request = {
			zip: (0, node_path.join)(folder, zip),
			entry: "report.json",
			limit: mostReportBytes
		};
		const report = await require_unzip.unzipEntry(request);
		return report.kind === "bytes" ? Buffer.from(report.bytes).toString("utf8") : "";
	} finally {
		await require_job.rm(folder, {
			recursive: true,
			force: true
		});
	}
}
/** The folder that all files are in: names in the zip file are relative to it. */
function commonFolder(files) {
	const holds = (folder) => files.every((file) => !(0, node_path.relative)(folder, file).startsWith(".."));
	let folder = (0, node_path.dirname)(files[0] ?? "/");
	while (!holds(folder)) folder = (0, node_path.dirname)(folder);
	return folder;
}
exports.uploadArtifacts = uploadArtifacts;
