import { createHash } from 'node:crypto';
import * as v from 'valibot';

/** Who uploads an artifact; report.json carries it, which every artifact has. */
export interface Uploader {
  /** 16 hex digits: the same in each attempt of a job, and another one for every other job of the run. */
  readonly job: string;
  /** From 1. */
  readonly attempt: number;
}

/** A job of a workflow run, and what it was told to build. */
export interface UploadingJob {
  /** Its id in the workflow; empty outside of one. */
  readonly job: string;
  readonly attempt: number;
  /** What tells it from jobs and steps of the same id: the values of its matrix as JSON, and the inputs that were set. */
  readonly apart: Readonly<Record<string, string>>;
}

const Report = v.object({ uploadedBy: v.object({ job: v.string(), attempt: v.number() }) });

export function uploaderOf({ job, attempt, apart }: UploadingJob): Uploader {
  return { job: digestOf([job, ...partsOf(apart)]).slice(0, 16), attempt };
}

/**
 * Whether an artifact was uploaded by an earlier attempt of the same job: that alone may be replaced. What this attempt
 * uploaded is of another job or step that looks the same.
 *
 * @param report the text of the artifact's report.json
 */
export function isFromEarlierAttempt(report: string, { job, attempt }: Uploader): boolean {
  try {
    const read = v.safeParse(Report, JSON.parse(report));
    return read.success && read.output.uploadedBy.job === job && read.output.uploadedBy.attempt < attempt;
  } catch {
    return false;
  }
}

/** Also how a job without a matrix says so: `toJSON(matrix)` is `null` there. */
const nothing = ['', 'null', '{}'];

/** What is not empty, in an order of its own. */
export function partsOf(apart: UploadingJob['apart']): readonly (readonly [string, string])[] {
  const parts = Object.entries(apart).filter(([, value]) => !nothing.includes(value.trim()));
  return parts.sort(([a], [b]) => (a < b ? -1 : 1));
}

/** 64 hex digits. */
export function digestOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}
