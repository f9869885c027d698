const require_start = require("./start.js");
const require_job = require("./job.js");
const require_action = require("../action.js");
// src/adapters/reporter-actions.ts
/**
* The reporter of a run in GitHub Actions. Each task's log is kept until it ends and printed as one group, so that
* targets built side by side do not mix; what a build prints cannot speak to the runner.
*
* @param output.write takes text with its line ends, in order
* @param output.workspace what annotations name files relative to; absolute
* @param output.holdsWarnings a warning is only a line of the log, as GitHub shows so many of a step, and there may be
*   more important ones: `held` gives them
*/
function createActionsReporter(output) {
	const { write, workspace, holdsWarnings = false } = output;
	const open = /* @__PURE__ */ new Set();
	const held = [];
	return {
		note: (text) => write(require_action.plain(text)),
		warn: (text, where) => {
			if (holdsWarnings) {
				held.push({
					text,
					where
				});
				write(require_action.plain(`warning: ${where === void 0 ? "" : `${require_start.whereText(where)}: `}${text}`));
			} else write(require_action.command("warning", text, require_action.placeOf(where, workspace)));
		},
		held: () => held,
		detail: (text) => write(require_action.command("debug", text)),
		task: (title) => {
			write(require_action.plain(`${title}: started`));
			const task = new ActionsTask(title, (text) => {
				open.delete(task);
				write(text);
			});
			open.add(task);
			return task;
		},
		close: () => {
			for (const task of [...open]) task.fail("not finished");
			return Promise.resolve();
		}
	};
}
/** What is shown of a task's log: more than an error needs, and little enough to keep for each target. */
const mostOfLog = {
	lines: 1e4,
	characters: 4194304
};
var ActionsTask = class {
	#title;
	#end;
	#log = require_job.createLogTail(mostOfLog);
	#ended = false;
	constructor(title, end) {
		this.#title = title;
		this.#end = end;
	}
	log(line) {
		this.#log.add(line);
	}
	done(summary) {
		this.#finish(summary);
	}
	fail(summary) {
		this.#finish(`failed: ${summary}`);
	}
	#finish(summary) {
		if (this.#ended) return;
		this.#ended = true;
		const title = `${this.#title}: ${summary}`;
		const { left, lines } = this.#log.end();
		if (lines.length === 0) this.#end(require_action.plain(title));
		else {
			const note = left === 0 ? [] : [`... ${String(left)} lines before these are left out`];
			this.#end(require_action.command("group", title) + require_action.sealed([...note, ...lines].join("\n")) + require_action.command("endgroup"));
		}
	}
};
exports.createActionsReporter = createActionsReporter;
