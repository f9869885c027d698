/**
 * What a step's programs say of the machine. Source code can make a compiler say anything (`#error`, a string in a
 * message, a line that is quoted): where it says that the source is wrong, that is why the step failed.
 */

/** What Go's programs print of a system call that failed; in a listing the line of an import is in front. */
const goNoSpace = /(?:^|[\s:])[a-z_]+ (?:\/|\$WORK\/).*: no space left on device$/;
/** Of a file whose place Go's linker asks for before it writes it. */
const goLinkNoSpace = /\/link: [a-z ]+ failed: no space left on device$/;
/** What the GNU compiler and assembler begin with where not the source is wrong, but the machine. */
const gnuTrouble = /fatal error: (?:error (?:writing|closing)|can't|cannot)\b/i;
const linkerTrouble = /final link failed|cannot open output file/;
const ofGnu = /: ['‘]?no space left on device['’]?$/i;
/** What go and gcc say where the kernel killed a program that they started. */
const killed = /: signal: killed$|Killed signal terminated program/;

/** The first line by which a program says that a disk is full; null: none does. */
export function noSpaceLine(said: string): string | null {
  const isFull = (line: string): boolean =>
    goNoSpace.test(line) ||
    goLinkNoSpace.test(line) ||
    (ofGnu.test(line) && (gnuTrouble.test(line) || linkerTrouble.test(line)));
  return machineLines(said).find(isFull) ?? null;
}

/** Whether a program that go or gcc started was killed. */
export function wasKilled(said: string): boolean {
  return machineLines(said).some((line) => killed.test(line));
}

/** None where the source is wrong. */
function machineLines(said: string): readonly string[] {
  const lines = said.split(/\r?\n/);
  return lines.some(isSourceError) ? [] : lines;
}

/** `FILE:LINE:COLUMN: ...` of Go, and with `error:` of gcc. */
function isSourceError(line: string): boolean {
  const message = /^.*?:\d+(?::\d+)?: (.*)$/.exec(line)?.[1];
  if (message === undefined || /^(?:note|warning): /i.test(message) || gnuTrouble.test(message)) return false;
  return /^(?:fatal )?error: /i.test(message) || !goNoSpace.test(message);
}
