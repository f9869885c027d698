import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { parse } from 'yaml';
import type { Options } from '../../../src/options/options.js';
import { optionsFrom } from '../../../src/options/parse.js';

// What each example does once it runs: its inputs are read as the action reads them, in the event that starts it.

const root = fileURLToPath(new URL('../../..', import.meta.url));
const folder = '.github/examples';

const permissionsSchema = v.record(v.string(), v.string());
const jobSchema = v.looseObject({
  permissions: v.optional(permissionsSchema),
  needs: v.optional(v.string()),
  strategy: v.optional(v.looseObject({ matrix: v.object({ target: v.array(v.string()) }) })),
  steps: v.array(
    v.looseObject({ uses: v.string(), with: v.optional(v.record(v.string(), v.unknown()), {}) }),
  ),
});
const workflowSchema = v.looseObject({
  on: v.record(v.string(), v.unknown()),
  permissions: permissionsSchema,
  jobs: v.record(v.string(), jobSchema),
});

type Job = v.InferOutput<typeof jobSchema>;
type Workflow = v.InferOutput<typeof workflowSchema>;

const example = (name: string): Workflow =>
  v.parse(workflowSchema, parse(readFileSync(join(root, folder, name), 'utf8')));

const events = {
  tag: { name: 'push', ref: 'refs/tags/v1.2.0', payload: {} },
  published: {
    name: 'release',
    ref: 'refs/tags/v1.2.0',
    payload: { action: 'published', release: { tag_name: 'v1.2.0' } },
  },
  main: { name: 'push', ref: 'refs/heads/main', payload: {} },
  fork: {
    name: 'pull_request',
    ref: 'refs/pull/7/merge',
    payload: {
      pull_request: {
        base: { repo: { full_name: 'octo/hello' } },
        head: { repo: { full_name: 'cat/hello' } },
      },
    },
  },
  schedule: { name: 'schedule', ref: 'refs/heads/main', payload: {} },
} as const;

/** The options of each of our steps in a job, for each job of its matrix. */
function optionsOf(
  job: Job,
  { name, ref, payload }: (typeof events)[keyof typeof events],
): readonly Options[] {
  const targets = job.strategy?.matrix.target ?? [''];
  const ours = job.steps.filter(({ uses }) => uses === 'org/gotify-plugin-build@v1');
  return targets.flatMap((target) =>
    ours.map(({ with: inputs }) => {
      const context: Readonly<Record<string, string>> = {
        'matrix.target': target,
        'strategy.job-total': String(targets.length),
        'runner.temp': '/tmp',
      };
      const filled = Object.entries(inputs).map(([input, value]) => [
        input,
        String(value).replace(/\$\{\{ (.*?) \}\}/g, (_, expression: string) => {
          const text = context[expression];
          if (text === undefined) throw new Error(`nothing is known of ${expression}`);
          return text;
        }),
      ]);
      return optionsFrom(
        { token: 'secret', ...Object.fromEntries(filled) },
        {
          entry: 'action',
          base: '/workspace',
          cores: 2,
          platform: 'linux',
          dryRun: false,
          event: () => payload,
          env: {
            HOME: '/home/runner',
            GITHUB_ACTIONS: 'true',
            GITHUB_EVENT_NAME: name,
            GITHUB_REF: ref,
            GITHUB_REPOSITORY: 'octo/hello',
            GITHUB_API_URL: 'https://api.github.com',
            GITHUB_RUN_ID: '42',
          },
        },
      );
    }),
  );
}

const release = {
  tag: 'v1.2.0',
  part: null,
  attest: false,
  skipExisting: false,
  allowPartial: false,
  draft: false,
};
const artifacts = { layout: 'single' };
const targets = ['amd64', 'arm64', 'arm-7', '386', 'riscv64'];

interface Case {
  readonly file: string;
  readonly job: string;
  readonly event: (typeof events)[keyof typeof events];
  /** All that it may do. */
  readonly permissions: Readonly<Record<string, string>>;
  /** Of each of our steps, for each job of the matrix. */
  readonly does: readonly object[];
}

const write = { contents: 'write' };
const read = { contents: 'read' };
const cases: readonly Case[] = [
  {
    ...{ file: 'release.yml', job: 'release', event: events.tag, permissions: write },
    does: [{ mode: 'build', targets: 'all', publish: { artifacts, release } }],
  },
  {
    ...{ file: 'release-event.yml', job: 'files', event: events.published, permissions: write },
    does: [{ mode: 'build', targets: 'all', publish: { artifacts, release } }],
  },
  {
    ...{ file: 'attest.yml', job: 'release', event: events.tag },
    permissions: { ...write, 'id-token': 'write', attestations: 'write' },
    does: [{ mode: 'build', targets: 'all', publish: { artifacts, release: { ...release, attest: true } } }],
  },
  {
    ...{ file: 'pull-request.yml', job: 'build', event: events.fork, permissions: read },
    does: [{ mode: 'build', targets: 'all', publish: { artifacts: { retentionDays: 7 }, release: null } }],
  },
  {
    ...{ file: 'pull-request.yml', job: 'build', event: events.main, permissions: read },
    does: [{ mode: 'build', targets: 'all', publish: { artifacts: { retentionDays: 7 }, release: null } }],
  },
  {
    ...{ file: 'pull-request.yml', job: 'check', event: events.fork, permissions: read },
    does: [{ mode: 'check', compile: false }],
  },
  {
    ...{ file: 'matrix.yml', job: 'build', event: events.tag, permissions: read },
    does: targets.map((target) => ({
      mode: 'build',
      targets: [`linux-${target}`],
      publish: { artifacts: { name: `plugin-${target}` }, release: null },
    })),
  },
  {
    ...{ file: 'matrix.yml', job: 'publish', event: events.tag, permissions: write },
    does: [{ mode: 'publish', folders: ['downloads/**'], release }],
  },
  {
    ...{ file: 'matrix-parts.yml', job: 'release', event: events.tag, permissions: write },
    does: targets.map((target) => ({
      mode: 'build',
      targets: [`linux-${target}`],
      publish: { release: { ...release, part: { of: 5, name: target, run: '42' } } },
    })),
  },
  {
    ...{ file: 'follow.yml', job: 'follow', event: events.schedule, permissions: write },
    does: [
      {
        mode: 'build',
        targets: 'all',
        publish: { artifacts: null, release: { ...release, tag: null, skipExisting: true } },
      },
    ],
  },
];

describe('the example workflows', () => {
  test.each(cases)('$file, job $job, on $event.name to $event.ref', ({ file, job: name, event, does }) => {
    const { on, jobs } = example(file);
    expect(Object.keys(on)).toContain(event.name);
    const job = jobs[name];
    expect(job === undefined ? [] : optionsOf(job, event)).toMatchObject(does);
  });

  test.each(cases)('$file, job $job may do no more than it needs', ({ file, job: name, permissions }) => {
    const workflow = example(file);
    expect(workflow.jobs[name]?.permissions ?? workflow.permissions).toEqual(permissions);
  });

  test('are all of them tried here, with all their jobs', () => {
    const tried = new Set(cases.map(({ file, job }) => `${file} ${job}`));
    const there = readdirSync(join(root, folder)).flatMap((file) =>
      Object.keys(example(file).jobs).map((job) => `${file} ${job}`),
    );
    expect([...tried].sort()).toEqual(there.sort());
  });

  test('keep the artifacts of a matrix apart, for each has a report of its own', () => {
    const { build, publish } = example('matrix.yml').jobs;
    expect(publish?.needs).toBe('build');
    const download = publish?.steps.find(({ uses }) => uses.startsWith('actions/download-artifact@'));
    expect(download?.with).toEqual({ pattern: 'plugin-*', path: 'downloads' });
    expect(build?.strategy?.matrix.target).toEqual(targets);
  });
});
