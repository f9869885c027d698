import { r as whereText } from "./errors.js";
import { t as printable } from "./printable.js";
// src/adapters/reporter-plain.ts
/** The last lines of a failed task are what tells why; the rest is there with --verbose. */
const mostLines = 100;
/** The reporter of a command line without a terminal, or with --verbose: one line an event. */
function createPlainReporter(lines) {
	return {
		note: (text) => lines.out(printable(text)),
		warn: (text, where) => lines.err(warningText(text, where)),
		detail: (text) => {
			if (lines.verbose) lines.out(printable(text));
		},
		task: (title) => plainTask(title, lines),
		close: () => Promise.resolve()
	};
}
function warningText(text, where) {
	return printable(`warning: ${where === void 0 ? "" : `${whereText(where)}: `}${text}`);
}
/** The end of a failed task's log, one line each. */
function logTail(title, log) {
	const left = log.length - mostLines;
	const shown = log.slice(-100).map((line) => printable(`${title} | ${line}`));
	return left > 0 ? [`${title} | ... ${String(left)} lines before these are shown with --verbose`, ...shown] : shown;
}
function plainTask(title, { out, verbose }) {
	const log = [];
	out(printable(`${title}: started`));
	return {
		log: (line) => {
			if (verbose) out(printable(`${title} | ${line}`));
			else log.push(line);
		},
		done: (summary) => out(printable(`${title}: ${summary}`)),
		fail: (summary) => {
			for (const line of logTail(title, log)) out(line);
			out(printable(`${title}: failed: ${summary}`));
		}
	};
}
export { logTail as n, warningText as r, createPlainReporter as t };
