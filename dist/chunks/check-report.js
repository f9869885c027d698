// src/report/check-report.ts
/** Why a module cannot be checked, whatever the server; null where it can. */
function inputFailureOf({ checks }) {
	const failures = checks.map(({ outcome }) => outcome.kind === "failed" && outcome.failure.kind === "input" ? outcome.failure : null);
	const [first = null] = failures;
	return failures.every((failure) => failure?.what === first?.what) ? first : null;
}
export { inputFailureOf as t };
