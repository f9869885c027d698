// src/publish/upload-time.ts
/**
* How long an upload or a download may take, in milliseconds: a slow line has 100 kB a second. Then it is given up, so
* that what was begun earlier is not going on any more.
*/
function uploadMs(bytes) {
	return 12e4 + Math.ceil(bytes / 100);
}
Object.defineProperty(exports, "uploadMs", {
	enumerable: true,
	get: function() {
		return uploadMs;
	}
});
