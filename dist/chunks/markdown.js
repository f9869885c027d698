// src/report/markdown.ts
/**
* Foreign text as Markdown that shows it and means nothing: every character with a meaning in GitHub's Markdown or in
* HTML becomes a numeric entity, which CommonMark never takes for structure (spec 0.31, section 2.5).
*/
function escapeMarkdown(text) {
	return text.replace(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "").replace(/[^\p{L}\p{N} .,/]/gu, (character) => `&#${String(character.codePointAt(0))};`).replace(/^( *\d+)\./, "$1&#46;").replace(/www\./gi, (www) => `${www.slice(0, 3)}&#46;`);
}
/** Foreign text in a fixed-width font; cut where it is very long. */
function code(text, longest = 500) {
	return `<code>${escapeMarkdown(shorten(text, longest))}</code>`;
}
/** Foreign text as plain words; cut where it is very long. */
function words(text, longest = 2e3) {
	return escapeMarkdown(shorten(text, longest));
}
function shorten(text, longest) {
	return text.length > longest ? `${text.slice(0, longest)}...` : text;
}
/** A table; the cells are Markdown already. */
function table(head, rows) {
	const line = (cells) => `| ${cells.join(" | ")} |`;
	return [
		line(head),
		line(head.map(() => "---")),
		...rows.map(line)
	].join("\n");
}
/** A part that is folded until somebody opens it. */
function folded(title, body) {
	return `<details><summary>${title}</summary>\n\n${body}\n\n</details>`;
}
/**
* The parts that fit, in order; a part that is too long is left out, and the end says so.
*
* @param limit bytes of UTF-8
*/
function joinWithin(parts, limit) {
	const note = "Some parts are left out here, as they are too long: report.json has everything.";
	const kept = [];
	let left = limit - 79 - 4;
	for (const part of parts) {
		const size = Buffer.byteLength(part) + 2;
		if (size > left) continue;
		kept.push(part);
		left -= size;
	}
	return [...kept, ...kept.length < parts.length ? [note] : []].join("\n\n").concat("\n");
}
Object.defineProperty(exports, "code", {
	enumerable: true,
	get: function() {
		return code;
	}
});
Object.defineProperty(exports, "folded", {
	enumerable: true,
	get: function() {
		return folded;
	}
});
Object.defineProperty(exports, "joinWithin", {
	enumerable: true,
	get: function() {
		return joinWithin;
	}
});
Object.defineProperty(exports, "table", {
	enumerable: true,
	get: function() {
		return table;
	}
});
Object.defineProperty(exports, "words", {
	enumerable: true,
	get: function() {
		return words;
	}
});
