import { O as Failure } from "./start.js";
// src/verify/elf-fields.ts
/** The largest part that is read at once: the string table of a Go program with every symbol has a few MB. */
const maxPart = 67108864;
/** The longest text that is taken for a name. */
const maxText = 4096;
/** A failure that names the file, the field, and what is wrong with it. */
function malformed(source, field, problem) {
	return new Failure("input", {
		code: "malformed-elf",
		what: `not a sound ELF file: ${field} ${problem}`,
		remedy: "The file is damaged or incomplete: build or download it again.",
		where: {
			kind: "file",
			file: source.name
		}
	});
}
/** Checks a place against the file, before a byte is read or room is made. */
function checkPlace(source, { offset, size, what }) {
	if (size > maxPart) throw malformed(source, what, `claims ${String(size)} bytes`);
	if (offset + size > source.size) throw malformed(source, what, "lies past the end of the file");
}
/** Exactly the bytes of a place. */
function readPart(source, place) {
	checkPlace(source, place);
	const bytes = source.read(place.offset, place.size);
	if (bytes.length !== place.size) throw shrunk(source, place.what);
	return bytes;
}
function shrunk(source, what) {
	return malformed(source, what, "ends early: the file became shorter while it was read");
}
/** Little endian numbers and strings of one part of a file; reading past its end is a Failure. */
var Fields = class Fields {
	bytes;
	is64;
	source;
	what;
	view;
	constructor(source, part) {
		this.source = source;
		this.what = part.what;
		this.is64 = part.is64;
		this.bytes = part.bytes;
		this.view = new DataView(this.bytes.buffer, this.bytes.byteOffset, this.bytes.byteLength);
	}
	/** Reads the whole part at once. */
	static read(source, place, is64) {
		return new Fields(source, {
			what: place.what,
			bytes: readPart(source, place),
			is64
		});
	}
	get size() {
		return this.bytes.length;
	}
	u8(at) {
		return this.view.getUint8(this.checked(at, 1));
	}
	u16(at) {
		return this.view.getUint16(this.checked(at, 2), true);
	}
	u32(at) {
		return this.view.getUint32(this.checked(at, 4), true);
	}
	/** An address, offset or size: 4 or 8 bytes by the file's class. */
	word(at) {
		return this.is64 ? this.u64(at) : this.u32(at);
	}
	/** 8 bytes as a number: no address or size of a real file reaches 2^53. */
	u64(at) {
		const high = this.u32(at + 4);
		if (high >= 2097152) throw malformed(this.source, this.what, `has an impossible number at byte ${String(at)}`);
		return high * 4294967296 + this.u32(at);
	}
	/** The NUL-terminated text at an offset of a string table. */
	text(at) {
		const { bytes, what } = this;
		const end = at < bytes.length ? bytes.indexOf(0, at) : -1;
		if (end < 0 || end - at > 4096) throw malformed(this.source, what, `has no text at byte ${String(at)}`);
		return Buffer.from(bytes.buffer, bytes.byteOffset + at, end - at).toString("utf8");
	}
	checked(at, length) {
		if (at + length > this.size) throw malformed(this.source, this.what, `ends before byte ${String(at + length)}`);
		return at;
	}
};
// src/verify/elf-windows.ts
/** A large section passes through one small buffer: fresh memory costs more than reading the file. */
const windowSize = 65536;
/**
* The bytes of a place, window by window.
*
* @param layout.unit windows hold whole units of that many bytes
* @param layout.overlap how many bytes a window has in common with the next, so that nothing shorter is cut
*/
function* windows(source, place, { unit = 1, overlap = 0 }) {
	checkPlace(source, place);
	const buffer = Buffer.allocUnsafeSlow(Math.min(place.size, windowSize - windowSize % unit));
	for (let at = 0; at < place.size; at += buffer.length - overlap) {
		const bytes = buffer.subarray(0, Math.min(buffer.length, place.size - at));
		if (source.readInto(place.offset + at, bytes) !== bytes.length) throw shrunk(source, place.what);
		yield {
			at,
			bytes
		};
		if (at + bytes.length === place.size) return;
	}
}
/** A string table of the file, read where it is asked. */
var StringTable = class {
	place;
	source;
	constructor(source, place) {
		checkPlace(source, place);
		this.source = source;
		this.place = place;
	}
	/** The NUL-terminated text at an offset of the table. */
	text(at) {
		const { offset, size, what } = this.place;
		const bytes = at < size ? this.source.read(offset + at, Math.min(4097, size - at)) : Buffer.alloc(0);
		const end = bytes.indexOf(0);
		if (end < 0) throw malformed(this.source, what, `has no text at byte ${String(at)}`);
		return Buffer.from(bytes.buffer, bytes.byteOffset, end).toString("utf8");
	}
};
/** Small reads that lie close together, served from the last page read: package hashes fill two or three pages. */
var Pages = class {
	source;
	start = 0;
	page = /* @__PURE__ */ new Uint8Array(0);
	constructor(source) {
		this.source = source;
	}
	/** Exactly the bytes of a place; valid until the next call. */
	read(place) {
		checkPlace(this.source, place);
		const { offset, size } = place;
		const from = offset - this.start;
		if (from >= 0 && from + size <= this.page.length) return this.page.subarray(from, from + size);
		this.start = Math.max(0, offset - 2048);
		this.page = this.source.read(this.start, Math.max(8192, offset - this.start + size));
		const bytes = this.page.subarray(offset - this.start, offset - this.start + size);
		if (bytes.length !== size) throw shrunk(this.source, place.what);
		return bytes;
	}
};
// src/verify/elf-sections.ts
/** Section types of the ELF specification (gABI, chapter 4) that hold no bytes in the file. */
const noBits = 8;
const maxSections = 4096;
/**
* Reads the ELF header and the section headers: two or three small reads, whatever the file's size.
*
* @throws Failure (input) `malformed-elf` for a damaged file, `not-elf` for another kind of file, `big-endian-elf`
* @see the System V gABI, chapter 4
*/
function readLayout(source) {
	const is64 = readClass(source) === 64;
	const header = Fields.read(source, {
		offset: 0,
		size: is64 ? 64 : 52,
		what: "ELF header"
	}, is64);
	const start = is64 ? 40 : 32;
	const tableOffset = header.word(start);
	const entrySize = header.u16(is64 ? 58 : 46);
	const count = header.u16(is64 ? 60 : 48);
	const namesIndex = header.u16(is64 ? 62 : 50);
	if (count === 0 || tableOffset === 0) throw malformed(source, "e_shnum", "names no section headers: the file is packed, or was stripped of them");
	if (count > maxSections) throw malformed(source, "e_shnum", `names ${String(count)} sections`);
	if (entrySize < (is64 ? 64 : 40)) throw malformed(source, "e_shentsize", `is ${String(entrySize)}`);
	const place = {
		offset: tableOffset,
		size: entrySize * count,
		what: "section header table"
	};
	const table = Fields.read(source, place, is64);
	const raw = Array.from({ length: count }, (_, index) => rawSection(table, index * entrySize));
	return {
		source,
		identity: {
			class: is64 ? 64 : 32,
			machine: header.u16(18)
		},
		type: header.u16(16),
		sections: nameSections(source, raw, namesIndex),
		pages: new Pages(source)
	};
}
/** Finds a section by its type (see the gABI), or by its name. */
function findSection(layout, wanted) {
	return layout.sections.find((section) => (typeof wanted === "number" ? section.type : section.name) === wanted);
}
/** The bytes of a whole section, for a small one. */
function readSection(layout, section) {
	return Fields.read(layout.source, placeOf(layout, section), layout.identity.class === 64);
}
/** Where a section's bytes are. */
function placeOf(layout, { name, offset, size, type }) {
	const what = `section ${name}`;
	if (type === noBits) throw malformed(layout.source, what, "has no bytes in the file");
	return {
		offset,
		size,
		what
	};
}
/** The string table that a section's sh_link names. */
function linkedStrings(layout, section) {
	const holder = layout.sections[section.link];
	if (holder !== void 0) return new StringTable(layout.source, placeOf(layout, holder));
	const problem = `names section ${String(section.link)}, which is not there`;
	throw malformed(layout.source, `sh_link of ${section.name}`, problem);
}
/**
* The bytes at a virtual address, inside the section that a symbol names.
* File offset = sh_offset + address - sh_addr (gABI, "Section Header").
*/
function readAt(layout, section, span) {
	const { address, size, what } = span;
	const start = address - section.address;
	if (section.type === noBits || start < 0 || start + size > section.size) throw malformed(layout.source, what, `lies outside its section ${section.name}`);
	return layout.pages.read({
		offset: section.offset + start,
		size,
		what
	});
}
function readClass(source) {
	const ident = source.read(0, 16);
	if (ident.length < 16 || ident[0] !== 127 || ident[1] !== 69 || ident[2] !== 76 || ident[3] !== 70) throw new Failure("input", {
		code: "not-elf",
		what: "not an ELF file, the kind that Linux programs and plugins are",
		remedy: "Give a plugin (.so) or a gotify server built for Linux.",
		where: {
			kind: "file",
			file: source.name
		}
	});
	if (ident[5] === 2) throw bigEndian(source);
	if (ident[5] !== 1) throw malformed(source, "EI_DATA", `is ${String(ident[5])}`);
	if (ident[4] !== 1 && ident[4] !== 2) throw malformed(source, "EI_CLASS", `is ${String(ident[4])}`);
	return ident[4] === 2 ? 64 : 32;
}
function bigEndian(source) {
	return new Failure("input", {
		code: "big-endian-elf",
		what: "a big endian ELF file: gotify has no servers for such machines",
		remedy: "Give a file for linux-amd64, linux-arm64, linux-arm-7, linux-386 or linux-riscv64.",
		where: {
			kind: "file",
			file: source.name
		}
	});
}
function rawSection(table, at) {
	const is64 = table.is64;
	return {
		nameOffset: table.u32(at),
		type: table.u32(at + 4),
		address: table.word(at + (is64 ? 16 : 12)),
		offset: table.word(at + (is64 ? 24 : 16)),
		size: table.word(at + (is64 ? 32 : 20)),
		link: table.u32(at + (is64 ? 40 : 24))
	};
}
function nameSections(source, raw, namesIndex) {
	const holder = raw[namesIndex];
	if (holder === void 0) throw malformed(source, "e_shstrndx", `names section ${String(namesIndex)}, which is not there`);
	const names = Fields.read(source, {
		offset: holder.offset,
		size: holder.size,
		what: "section name table"
	}, false);
	return raw.map(({ nameOffset, ...section }) => ({
		name: names.text(nameOffset),
		...section
	}));
}
export { readLayout as a, Fields as c, readAt as i, malformed as l, linkedStrings as n, readSection as o, placeOf as r, windows as s, findSection as t, maxText as u };
