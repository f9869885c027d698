// src/publish/file.ts
/**
* A name that GitHub leaves as it is: it rewrites special characters and dots at the ends.
*
* @see https://docs.github.com/en/rest/releases/assets#upload-a-release-asset
*/
function assetName(file) {
	return file.replace(/[^A-Za-z0-9_-]+/g, ".").replace(/^\.|\.$/g, "");
}
Object.defineProperty(exports, "assetName", {
	enumerable: true,
	get: function() {
		return assetName;
	}
});
