// src/adapters/log-tail.ts
/**
* Keeps the end of a log, so that no build can fill the memory with what it prints.
*
* @param most how many lines, and of how many characters together; one line is always kept
*/
function createLogTail(most) {
	let lines = [];
	let characters = 0;
	let left = 0;
	const trim = () => {
		let first = Math.max(0, lines.length - most.lines);
		for (const line of lines.slice(0, first)) characters -= line.length;
		for (; characters > most.characters && first < lines.length - 1; first += 1) characters -= lines[first]?.length ?? 0;
		left += first;
		lines = lines.slice(first);
	};
	return {
		add: (line) => {
			lines.push(line);
			characters += line.length;
			if (lines.length > 2 * most.lines || characters > 2 * most.characters) trim();
		},
		end: () => {
			trim();
			return {
				left,
				lines
			};
		}
	};
}
export { createLogTail as t };
