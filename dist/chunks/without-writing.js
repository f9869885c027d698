// src/pipeline/without-writing.ts
/** The same files for a run that only says what it would do: reads are real, and what would be written is dropped. */
function withoutWriting(files) {
	const nothing = () => Promise.resolve();
	return {
		makeDir: nothing,
		write: nothing,
		move: nothing,
		copy: nothing,
		remove: nothing,
		removeEmpty: nothing,
		setMode: nothing,
		chown: nothing,
		readText: (path) => files.readText(path),
		readBytes: (path) => files.readBytes(path),
		stat: (path) => files.stat(path),
		list: (dir) => files.list(dir),
		realPath: (path) => files.realPath(path),
		isWritable: (path) => files.isWritable(path)
	};
}
Object.defineProperty(exports, "withoutWriting", {
	enumerable: true,
	get: function() {
		return withoutWriting;
	}
});
