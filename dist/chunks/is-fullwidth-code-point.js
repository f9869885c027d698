const require_strip_ansi = require("./strip-ansi.js");
// node_modules/is-fullwidth-code-point/index.js
function isFullwidthCodePoint(codePoint) {
	if (!Number.isInteger(codePoint)) return false;
	return require_strip_ansi.isFullwidth(codePoint) || require_strip_ansi.isWide(codePoint);
}
Object.defineProperty(exports, "isFullwidthCodePoint", {
	enumerable: true,
	get: function() {
		return isFullwidthCodePoint;
	}
});
