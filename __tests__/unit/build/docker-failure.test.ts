import { describe, expect, test } from '@jest/globals';
import {
  engineFailure,
  pullFailure,
  stepFailure,
  unreadableSource,
  type ContainerEnd,
} from '../../../src/build/docker-failure.js';

// The texts are what Docker 20.10 to 28, Go and gcc say.
const end: ContainerEnd = {
  image: 'gotify/build:x',
  exitCode: 1,
  stdout: '',
  stderr: '',
  outOfMemory: false,
};

describe('stepFailure', () => {
  test.each([
    ['out-of-memory', { exitCode: 137 }],
    ['out-of-memory', { outOfMemory: true }],
    ['out-of-memory', { stderr: 'a/b: /usr/local/go/pkg/tool/linux_amd64/compile: signal: killed\n' }],
    [
      'out-of-memory',
      { stderr: 'gcc: fatal error: Killed signal terminated program cc1\ncompilation terminated.' },
    ],
    [
      'disk-full',
      { stderr: 'go: writing /gocache/x: write /tmp/go-build1/b001/_pkg_.a: no space left on device\n' },
    ],
    [
      'disk-full',
      { stderr: '/tmp/ccX.s: fatal error: error writing to /tmp/ccX.s: No space left on device\n' },
    ],
    [
      'docker-engine-lost',
      {
        exitCode: 125,
        stderr: 'docker: Cannot connect to the Docker daemon at unix:///var/run/docker.sock.',
      },
    ],
    ['docker-engine-lost', { exitCode: 125, stderr: 'error waiting for container: unexpected EOF\n' }],
    [
      'docker-no-such-folder',
      {
        exitCode: 125,
        stderr:
          'docker: Error response from daemon: invalid mount config for type "bind": bind source path does not exist: /a b.\n',
      },
    ],
    ['docker-run-failed', { exitCode: 125, stderr: 'docker: Error response from daemon: something else.\n' }],
    [
      'image-without-go',
      { exitCode: 127, stderr: 'exec: "go": executable file not found in $PATH: unknown.' },
    ],
    ['image-without-go', { exitCode: 126, stderr: 'permission denied' }],
    ['docker-no-emulation', { exitCode: 255, stderr: 'exec /usr/local/go/bin/go: exec format error\n' }],
  ] as const)('%s: %j', (code, part) => {
    expect(stepFailure({ ...end, ...part })).toMatchObject({ kind: 'surroundings', code });
  });

  test.each([
    // A plugin's code may say what Docker says: only docker's own exit code makes it Docker's word.
    './main.go:3:1: syntax error: unexpected EOF',
    'main.c:1:2: error: #error Cannot connect to the Docker daemon',
    'main.c:1:2: error: #error no space left on device',
    './a.go:3:3: error: #error "x: no space left on device"',
    './a.go:3:3: error: #error "x: signal: killed"',
    'main.go:1: "exec format error"',
    '# example.org/x\nmain.go:3:15: undefined: Cannot',
    '',
  ])('what go says itself is none: %j', (stderr) => {
    expect(stepFailure({ ...end, stderr })).toBeNull();
  });

  test.each([
    ['write /tmp/go-build1/b001/_pkg_.a', 'concurrency: 1'],
    ['write $WORK/b001/_pkg_.a', 'concurrency: 1'],
    ['write /gocache/ab/x-d', 'cache-dir'],
    ['mkdir /go/pkg/mod/cache/lock', 'cache-dir'],
  ])('%s: no space left is healed by %s', (call, remedy) => {
    const stderr = `go: ${call}: no space left on device\n`;
    expect(stepFailure({ ...end, stderr })).toMatchObject({
      code: 'disk-full',
      remedy: expect.stringContaining(remedy),
    });
  });

  test('keeps what was said as its cause', () => {
    const failure = stepFailure({ ...end, exitCode: 137, stderr: 'the last words' });
    expect(failure?.cause).toMatchObject({ message: 'the last words' });
  });
});

describe('engineFailure', () => {
  test.each([
    [
      'docker-permission',
      'permission denied while trying to connect to the Docker daemon socket at unix:///x',
    ],
    ['docker-permission', 'Got permission denied while trying to connect to the Docker daemon socket'],
    ['no-docker-engine', 'Cannot connect to the Docker daemon at unix:///x. Is the docker daemon running?'],
    ['no-docker-engine', ''],
  ])('%s: %s', (code, said) => {
    expect(engineFailure(said)).toMatchObject({
      kind: 'surroundings',
      code,
      remedy: expect.stringContaining('builder: host'),
    });
  });
});

describe('pullFailure', () => {
  test.each([
    [
      'image-not-found',
      'Error response from daemon: manifest for a/b:1 not found: manifest unknown: manifest unknown',
    ],
    [
      'image-not-found',
      "pull access denied for a/b, repository does not exist or may require 'docker login'",
    ],
    ['image-not-found', 'no matching manifest for linux/amd64 in the manifest list entries'],
    ['image-rate-limited', 'toomanyrequests: You have reached your pull rate limit.'],
    ['disk-full', 'failed to register layer: write /usr/lib/x: no space left on device'],
    [
      'image-pull-failed',
      'Get "https://registry-1.docker.io/v2/": dial tcp: lookup registry-1.docker.io: i/o timeout',
    ],
  ])('%s: %s', (code, said) => {
    expect(pullFailure('a/b:1', said)).toMatchObject({ kind: 'surroundings', code });
  });
});

describe('unreadableSource', () => {
  test.each([
    ['open /proj/main.go: permission denied', '/proj/main.go'],
    ['pattern ./...: open /replaced/0/a b/x.go: permission denied', '/replaced/0/a b/x.go'],
    [
      'go: example.org/x@v0.0.0 (replaced by /replaced/0): open /replaced/0: permission denied',
      '/replaced/0',
    ],
    [
      'go: cannot find main module, but -modfile was set.\n\t-modfile cannot be used to set the module root directory.',
      '/proj',
    ],
  ])('%s', (said, path) => {
    expect(unreadableSource(said)?.what).toContain(path);
  });

  test('is about the source alone', () => {
    expect(unreadableSource('open /pin/go.mod: permission denied')).toBeNull();
    expect(unreadableSource('main.go:1:1: syntax error')).toBeNull();
    expect(unreadableSource('x.go:3:3: error: #error open /proj/x: permission denied')).toBeNull();
  });
});
