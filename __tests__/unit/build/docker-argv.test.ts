import { describe, expect, test } from '@jest/globals';
import {
  bindMount,
  clientEnvironment,
  dockerRunArgs,
  downloadVariables,
  imageFor,
  plainEngine,
  type ContainerStep,
} from '../../../src/build/docker-argv.js';
import { targetNames, targetOf } from '../../../src/build/target.js';
import { failureIn } from '../../support/failure-in.js';

const step: ContainerStep = {
  name: 'gotify-plugin-build-1',
  labels: { run: 'abc', pid: '7' },
  image: 'gotify/build:1.26.0-linux-arm64',
  phase: 'compile',
  user: { uid: 1000, gid: 1001 },
  engine: plainEngine,
  workspace: { module: '/src', pin: '/run/pin', out: '/run/out', replaced: ['/lib/a', '/lib/b'] },
  caches: { modCache: '/cache/mod', buildCache: '/cache/build' },
  netrc: '/home/me/.netrc',
  certificates: '/etc/company.pem',
  passedOn: ['GOPROXY', 'https_proxy'],
  args: ['build', '-ldflags', '-w -s', '.'],
};

/** The values that follow an option. */
function values(args: readonly string[], option: string): readonly string[] {
  return args.filter((_, index) => args[index - 1] === option);
}

describe('dockerRunArgs', () => {
  test('of a compile step', () => {
    expect(dockerRunArgs(step).join('\n')).toMatchInlineSnapshot(`
      "run
      --name
      gotify-plugin-build-1
      --platform
      linux/amd64
      --pull
      never
      --log-driver
      none
      --label
      gotify-plugin-build.run=abc
      --label
      gotify-plugin-build.pid=7
      --network
      none
      --read-only
      --cap-drop
      ALL
      --security-opt
      no-new-privileges
      --user
      1000:1001
      --tmpfs
      /tmp:rw,exec,nosuid,nodev,mode=1777
      --mount
      type=bind,source=/src,target=/proj,readonly
      --mount
      type=bind,source=/run/pin,target=/pin,readonly
      --mount
      type=bind,source=/lib/a,target=/replaced/0,readonly
      --mount
      type=bind,source=/lib/b,target=/replaced/1,readonly
      --mount
      type=bind,source=/cache/mod,target=/go/pkg/mod,readonly
      --mount
      type=bind,source=/cache/build,target=/gocache
      --mount
      type=bind,source=/run/out,target=/out
      --env
      HOME=/tmp
      --env
      GOPATH=/go
      --env
      GOMODCACHE=/go/pkg/mod
      --env
      GOCACHE=/gocache
      --env
      GOTOOLCHAIN=local
      --env
      GOWORK=off
      --env
      GOENV=off
      --env
      GO111MODULE=on
      --env
      CGO_ENABLED=1
      --env
      GOFLAGS=-modcacherw
      --env
      GOPROXY=off
      --env
      HTTP_PROXY
      --env
      http_proxy
      --env
      HTTPS_PROXY
      --env
      https_proxy
      --env
      FTP_PROXY
      --env
      ftp_proxy
      --env
      NO_PROXY
      --env
      no_proxy
      --env
      ALL_PROXY
      --env
      all_proxy
      --workdir
      /proj
      --entrypoint
      go
      gotify/build:1.26.0-linux-arm64
      build
      -ldflags
      -w -s
      ."
    `);
  });

  test('of a download step', () => {
    expect(dockerRunArgs({ ...step, phase: 'download' }).join('\n')).toMatchInlineSnapshot(`
      "run
      --name
      gotify-plugin-build-1
      --platform
      linux/amd64
      --pull
      never
      --log-driver
      none
      --label
      gotify-plugin-build.run=abc
      --label
      gotify-plugin-build.pid=7
      --network
      host
      --read-only
      --cap-drop
      ALL
      --security-opt
      no-new-privileges
      --user
      1000:1001
      --tmpfs
      /tmp:rw,exec,nosuid,nodev,mode=1777
      --tmpfs
      /go/pkg/sumdb:rw,nosuid,nodev,noexec,mode=1777
      --mount
      type=bind,source=/src,target=/proj,readonly
      --mount
      type=bind,source=/run/pin,target=/pin
      --mount
      type=bind,source=/lib/a,target=/replaced/0,readonly
      --mount
      type=bind,source=/lib/b,target=/replaced/1,readonly
      --mount
      type=bind,source=/cache/mod,target=/go/pkg/mod
      --mount
      type=bind,source=/cache/build,target=/gocache
      --mount
      type=bind,source=/home/me/.netrc,target=/tmp/.netrc,readonly
      --mount
      type=bind,source=/etc/company.pem,target=/tmp/certificates.pem,readonly
      --env
      HOME=/tmp
      --env
      GOPATH=/go
      --env
      GOMODCACHE=/go/pkg/mod
      --env
      GOCACHE=/gocache
      --env
      GOTOOLCHAIN=local
      --env
      GOWORK=off
      --env
      GOENV=off
      --env
      GO111MODULE=on
      --env
      CGO_ENABLED=1
      --env
      GOFLAGS=-modcacherw
      --env
      SSL_CERT_FILE=/tmp/certificates.pem
      --env
      GOPROXY
      --env
      https_proxy
      --workdir
      /proj
      --entrypoint
      go
      gotify/build:1.26.0-linux-arm64
      build
      -ldflags
      -w -s
      ."
    `);
  });

  test('a download step without a .netrc and certificates mounts none', () => {
    const args = dockerRunArgs({ ...step, phase: 'download', netrc: null, certificates: null });
    expect(args.join(' ')).not.toMatch(/netrc|certificates|SSL_CERT/);
  });

  test.each([
    ['rootless', '--user', ['0:0']],
    ['remapsUsers', '--userns', ['host']],
    ['selinux', '--security-opt', ['no-new-privileges', 'label=disable']],
  ] as const)('an engine that is %s gets %s %j', (trait, option, expected) => {
    expect(values(dockerRunArgs({ ...step, engine: { ...plainEngine, [trait]: true } }), option)).toEqual(
      expected,
    );
  });
});

describe('bindMount', () => {
  test.each([
    ['/plain', 'type=bind,source=/plain,target=/x,readonly'],
    ['/with blank', 'type=bind,source=/with blank,target=/x,readonly'],
    ['/ünï', 'type=bind,source=/ünï,target=/x,readonly'],
    ['/C:/colon', 'type=bind,source=/C:/colon,target=/x,readonly'],
    ['/a=b', 'type=bind,source=/a=b,target=/x,readonly'],
    ['/a,b', 'type=bind,"source=/a,b",target=/x,readonly'],
    ['/a"b', 'type=bind,"source=/a""b",target=/x,readonly'],
    ['/a\nb', 'type=bind,"source=/a\nb",target=/x,readonly'],
    ['/a,readonly=false', 'type=bind,"source=/a,readonly=false",target=/x,readonly'],
  ])('%j', (source, expected) => {
    expect(bindMount({ source, target: '/x', readOnly: true })).toBe(expected);
  });
});

describe('imageFor', () => {
  test.each(targetNames)('%s', (name) => {
    const image = imageFor({ template: null, goVersion: '1.26.0', target: targetOf(name) });
    expect(image).toBe(`gotify/build:1.26.0-${name}`);
  });

  test('fills in the names of the user, every time they occur', () => {
    const template = 'example.org:5000/{arch}/go:{go}-{arch}@x';
    const image = imageFor({ template, goVersion: '1.26.0', target: targetOf('linux-arm-7') });
    expect(image).toBe('example.org:5000/arm-7/go:1.26.0-arm-7@x');
  });

  test.each(['', '--privileged', 'two words', 'a;b', '{version}'])('refuses %j', (template) => {
    const failure = failureIn(() =>
      imageFor({ template, goVersion: '1.26.0', target: targetOf('linux-386') }),
    );
    expect(failure).toMatchObject({
      kind: 'input',
      code: 'bad-image',
      where: { kind: 'input', input: 'image' },
    });
  });
});

describe('environments', () => {
  const env = {
    PATH: '/bin',
    DOCKER_HOST: 'tcp://engine',
    GOPROXY: 'https://me:pw@proxy',
    GOFLAGS: '-race',
    https_proxy: 'http://proxy',
    GITHUB_TOKEN: 'secret',
    HOME: undefined,
  };

  test('docker itself gets what it needs to find its engine', () => {
    expect(clientEnvironment(env)).toEqual({ PATH: '/bin', DOCKER_HOST: 'tcp://engine' });
  });

  test('a download step gets what leads to the modules', () => {
    expect(downloadVariables(env)).toEqual(['GOPROXY', 'https_proxy']);
    expect(clientEnvironment(env, downloadVariables(env))).toEqual({
      PATH: '/bin',
      DOCKER_HOST: 'tcp://engine',
      GOPROXY: 'https://me:pw@proxy',
      https_proxy: 'http://proxy',
    });
  });
});
