/** Go's quoted strings, as they stand in go.mod. */

const escapes: Readonly<Record<string, number>> = {
  a: 7,
  b: 8,
  f: 12,
  n: 10,
  r: 13,
  t: 9,
  v: 11,
  '\\': 92,
  '"': 34,
};
const piece =
  /\\(?:([abfnrtv\\"])|x([0-9a-fA-F]{2})|([0-7]{3})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))|([^"\\\n]+)/y;

/** The value of a literal in double quotes, as Go's strconv.Unquote reads it; null where it is malformed. */
export function unquote(literal: string): string | null {
  if (literal.length < 2 || !literal.startsWith('"') || !literal.endsWith('"')) return null;
  const body = literal.slice(1, -1);
  const bytes: Uint8Array[] = [];
  let at = 0;
  while (at < body.length) {
    piece.lastIndex = at;
    const match = piece.exec(body);
    const part = match === null ? null : bytesOf(match);
    if (part === null) return null;
    bytes.push(part);
    at = piece.lastIndex;
  }
  return Buffer.concat(bytes).toString('utf8');
}

function bytesOf([, letter, hex, octal, short, long, plain]: RegExpExecArray): Uint8Array | null {
  if (plain !== undefined) return Buffer.from(plain);
  if (letter !== undefined) return Uint8Array.of(escapes[letter] ?? 0);
  if (hex !== undefined) return Uint8Array.of(Number.parseInt(hex, 16));
  if (octal !== undefined) {
    const value = Number.parseInt(octal, 8);
    return value > 255 ? null : Uint8Array.of(value);
  }
  const rune = Number.parseInt(short ?? long ?? '', 16);
  const valid = rune <= 0x10ffff && (rune < 0xd800 || rune > 0xdfff);
  return valid ? Buffer.from(String.fromCodePoint(rune)) : null;
}

/** The text as one token of a go.mod: as it is where that is safe, else in quotes. */
export function autoQuote(text: string): string {
  const plain = /^[\w.~+/@:=-]+$/.test(text) && !text.includes('//');
  return plain ? text : JSON.stringify(text);
}
