import * as v from 'valibot';
import { targetNames } from '../build/target.js';
import { Failure } from '../errors.js';

// What publishing reads of a report.json: less than a build writes, so that another version's may do as well.

const Text = v.string();
const Nullable = v.nullable(v.string());
const Target = v.picklist(targetNames);
const Verdicts = v.array(v.object({ server: Text, verdict: v.nullable(v.object({ kind: Text })) }));

const TargetSchema = v.variant('kind', [
  v.object({
    kind: v.literal('built'),
    target: Target,
    file: Text,
    size: v.pipe(v.number(), v.integer(), v.minValue(0)),
    sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
    verdicts: Verdicts,
  }),
  v.object({ kind: v.literal('covered'), target: Target, by: Text, verdicts: Verdicts }),
  v.object({
    kind: v.literal('released'),
    target: Target,
    asset: Text,
    sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
    verdicts: Verdicts,
  }),
  v.object({ kind: v.literal('failed'), target: Target, failure: v.object({ kind: Text, what: Text }) }),
  v.object({ kind: v.literal('skipped'), target: Target }),
]);

const Group = v.object({
  goVersion: Text,
  servers: v.array(Text),
  version: Text,
  changes: v.array(v.object({ module: Text, to: Nullable })),
  targets: v.array(TargetSchema),
});

const Report = v.object({
  schema: v.literal(1),
  mode: v.literal('build'),
  plugin: v.object({ module: Text, commit: Nullable }),
  servers: v.array(v.object({ version: Text, tag: Nullable, commit: Nullable })),
  groups: v.array(Group),
});

/** A build's report.json, as far as publishing looks at it. */
export type BuiltReport = v.InferOutput<typeof Report>;
export type BuiltGroup = BuiltReport['groups'][number];
export type BuiltTarget = BuiltGroup['targets'][number];

/**
 * Reads the report.json of a build.
 *
 * @param file its path, for messages
 * @throws Failure (input) `bad-report`
 */
export function readReport(text: string, file: string): BuiltReport {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (cause) {
    throw badReport(file, 'it is not JSON', cause);
  }
  const read = v.safeParse(Report, data);
  if (read.success) return read.output;
  // A check writes a report.json too.
  if (v.is(v.object({ mode: v.literal('check') }), data)) throw reportOfCheck(file);
  const [issue] = read.issues;
  throw badReport(file, `${v.getDotPath(issue) ?? 'the whole'}: ${issue.message}`);
}

function reportOfCheck(file: string): Failure {
  return new Failure('input', {
    code: 'bad-report',
    what: 'this is the report of a check, and where the check had the output folder of a build it is in the place of its report',
    remedy:
      'Give the check an output folder of its own, build again, and name the output folder of the build.',
    where: { kind: 'file', file },
  });
}

function badReport(file: string, problem: string, cause?: unknown): Failure {
  return new Failure('input', {
    code: 'bad-report',
    what: `this is no report of a build that could be published: ${problem}`,
    remedy: 'Name the output folder of a build, made by this version.',
    where: { kind: 'file', file },
    cause,
  });
}
