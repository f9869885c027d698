// src/adapters/toolkit-output.ts
/** What @actions/core may say to the runner in another package's name: secrets, and lines of the debug log. */
const harmless = /^::(?:add-mask|debug)::[^\r\n]*\r?\n$/;
/**
* Does `work` while nothing that a package of the toolkit prints reaches the log by itself: such a package says a line
* for every step, and what it quotes, such as a file's name, could speak to the runner. It can still mask secrets. The
* rest is told afterwards: warnings as warnings, lines as details. Nothing else should print meanwhile.
*/
async function withToolkitOutput(work, reporter) {
	const { stdout } = process;
	const write = stdout.write.bind(stdout);
	const kept = [];
	const guarded = (chunk, encoding, done) => {
		const text = typeof chunk === "string" ? chunk : Buffer.from(chunk).toString("utf8");
		if (harmless.test(text)) return write(text);
		kept.push(text.trimEnd());
		(typeof encoding === "function" ? encoding : done)?.();
		return true;
	};
	stdout.write = guarded;
	try {
		return await work();
	} finally {
		stdout.write = write;
		for (const text of kept) tell(text, reporter);
	}
}
function tell(text, reporter) {
	const warning = /^::warning::([^\r\n]*)$/.exec(text)?.[1];
	if (warning !== void 0) reporter.warn(unescaped(warning));
	else if (text !== "") reporter.detail(text);
}
/** @see https://docs.github.com/actions/reference/workflow-commands-for-github-actions (the escapes of its data) */
function unescaped(data) {
	return data.replaceAll("%0A", "\n").replaceAll("%0D", "\r").replaceAll("%25", "%");
}
Object.defineProperty(exports, "withToolkitOutput", {
	enumerable: true,
	get: function() {
		return withToolkitOutput;
	}
});
