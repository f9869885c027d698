const require_start = require("./start.js");
const require_toolkit_output = require("./toolkit-output.js");
// src/adapters/attest.ts
/**
* Attests where the files were built: one provenance statement for all of them, signed by Sigstore for the workflow's
* identity and kept at the repository. `gh attestation verify FILE` checks it.
*
* @throws Failure (input) `attest-permission` where the job lacks one of the two permissions; (surroundings)
*   `attest-failed`
* @see https://docs.github.com/en/actions/how-tos/secure-your-work/use-artifact-attestations/use-artifact-attestations
*/
async function attestFiles(files, { token, env, reporter }) {
	if (!env["ACTIONS_ID_TOKEN_REQUEST_URL"]) throw notPermitted("GitHub gives it no identity token");
	const subjects = files.map(({ name, sha256 }) => ({
		name,
		digest: { sha256 }
	}));
	const { attestProvenance } = await Promise.resolve().then(() => require("./lib2.js"));
	try {
		const { attestationID } = await require_toolkit_output.withToolkitOutput(() => attestProvenance({
			subjects,
			token
		}), reporter);
		return { id: attestationID ?? null };
	} catch (error) {
		throw attestFailure(error);
	}
}
function attestFailure(error) {
	const text = error instanceof Error ? error.message : String(error);
	if (/Resource not accessible by integration/.test(text)) return notPermitted("GitHub refuses to keep its attestation", error);
	return new require_start.Failure("surroundings", {
		code: "attest-failed",
		what: `the files could not be attested (${text.replace(/\s+/g, " ").slice(0, 200)})`,
		remedy: "Run the job again; write attest: false to publish without an attestation.",
		cause: error
	});
}
function notPermitted(reason, cause) {
	return new require_start.Failure("input", {
		code: "attest-permission",
		what: `the job may not attest: ${reason}`,
		remedy: [
			"Give it these permissions, beside those that it has:",
			"permissions:",
			"  id-token: write",
			"  attestations: write",
			"A pull request from a fork never gets them: write attest: false for it."
		].join("\n"),
		where: {
			kind: "input",
			input: "attest"
		},
		cause
	});
}
exports.attestFiles = attestFiles;
