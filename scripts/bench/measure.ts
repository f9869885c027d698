import { spawn } from 'node:child_process';

/** A program to time: no shell, and its output is shown only where it fails. */
export interface Timed {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The exit code that is right; 0 unless given. */
  readonly exitCode?: number;
}

export interface Finished {
  readonly seconds: number;
  readonly stdout: string;
}

/** Runs a program to its end, and gives its wall time: the start of the process is part of it. */
export async function time(timed: Timed): Promise<Finished> {
  const { program, args, cwd, env = process.env, exitCode = 0 } = timed;
  const begun = performance.now();
  const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  const seconds = (performance.now() - begun) / 1000;
  if (code === exitCode) return { seconds, stdout };
  throw new Error(`${[program, ...args].join(' ')}\nended with ${String(code)}:\n${stdout}${stderr}`);
}

/** One promise of the project, as a ratio of two times taken in one run. */
export interface Comparison extends Promised {
  readonly baseline: () => Promise<number>;
  /** What the baseline is, for the table. */
  readonly against: string;
}

export interface Promised {
  readonly name: string;
  readonly ours: () => Promise<number>;
  /** The largest ratio that keeps the promise. */
  readonly limit: number;
  /** How often the baseline's work is done; once unless given. */
  readonly times?: number;
}

export interface Measured {
  readonly name: string;
  readonly against: string;
  readonly limit: number;
  /** Medians, in seconds. */
  readonly ours: number;
  readonly baseline: number;
  readonly ratio: number;
}

/** Takes both sides in turn, so that a machine that slows down slows both. */
export async function measure(comparison: Comparison, runs: number): Promise<Measured> {
  const [measured] = await measureTogether(comparison, [comparison], runs);
  if (measured === undefined) throw new Error('one comparison gives one row');
  return measured;
}

/** The same for several promises about one baseline, which takes its turn once for all of them. */
export async function measureTogether(
  { baseline, against }: Pick<Comparison, 'baseline' | 'against'>,
  promises: readonly Promised[],
  runs: number,
): Promise<Measured[]> {
  const theirs: number[] = [];
  const ours = promises.map((): number[] => []);
  for (let run = 0; run < runs; run++) {
    theirs.push(await baseline());
    for (const [index, promise] of promises.entries()) ours[index]?.push(await promise.ours());
  }
  return promises.map(({ name, limit, times = 1 }, index) => {
    const [own, other] = [median(ours[index] ?? []), median(theirs) * times];
    const what = times === 1 ? against : `${String(times)} times ${against}`;
    return { name, limit, against: what, ours: own, baseline: other, ratio: own / other };
  });
}

/** The middle value; of an even number of values the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  const middle = sorted.slice(Math.ceil(half) - 1, Math.floor(half) + 1);
  return middle.reduce((sum, value) => sum + value, 0) / middle.length;
}

/** The results as a Markdown table, which is readable in a terminal too. */
export function markdown(results: readonly Measured[]): string {
  const rows = results.map(({ name, against, ours, baseline, ratio, limit }) => [
    name,
    secondsText(ours),
    against,
    secondsText(baseline),
    ratio.toFixed(ratio < 0.1 ? 3 : 2),
    `${String(limit)}${ratio <= limit ? '' : ' (missed)'}`,
  ]);
  const table = [['what', 'time', 'against', 'time', 'ratio', 'at most'], ...rows];
  const widths =
    table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? [];
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = table;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n');
}

function secondsText(seconds: number): string {
  return seconds < 1 ? `${(seconds * 1000).toFixed(0)} ms` : `${seconds.toFixed(1)} s`;
}
