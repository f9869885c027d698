// src/build/quoted.ts
const blanks = /* @__PURE__ */ new Set([
	" ",
	"	",
	"\n",
	"\r"
]);
/**
* Splits a flag's value into fields as the go command does (cmd/internal/quoted in Go): blanks separate, a field that
* begins with a single or double quote ends at the next such quote, and nothing is an escape.
*/
function splitQuoted(text) {
	const fields = [];
	let at = 0;
	while (at < text.length) {
		const first = text.charAt(at);
		if (blanks.has(first)) {
			at += 1;
			continue;
		}
		const quote = first === "\"" || first === "'" ? first : null;
		const start = quote === null ? at : at + 1;
		const end = quote === null ? blankFrom(text, start) : text.indexOf(quote, start);
		if (end < 0) return {
			kind: "unterminated",
			quote: first
		};
		fields.push(text.slice(start, end));
		at = quote === null ? end : end + 1;
	}
	return {
		kind: "fields",
		fields
	};
}
/**
* Writes fields so that `splitQuoted` gives the same fields back; null where Go has no way to write one of them (it
* needs quoting and holds both kinds of quotes).
*/
function joinQuoted(fields) {
	const written = [];
	for (const field of fields) {
		const quote = field !== "" && !/^["']/.test(field) && !/[ \t\n\r]/.test(field) ? "" : field.includes("'") ? "\"" : "'";
		if (quote !== "" && field.includes(quote)) return null;
		written.push(`${quote}${field}${quote}`);
	}
	return written.join(" ");
}
function blankFrom(text, start) {
	let at = start;
	while (at < text.length && !blanks.has(text.charAt(at))) at += 1;
	return at;
}
export { splitQuoted as n, joinQuoted as t };
