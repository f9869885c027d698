import { describe, expect, test } from '@jest/globals';
import { targetNames } from '../../../src/build/target.js';
import { readBuildInfo } from '../../../src/go/buildinfo.js';
import { bytesSource, tinyBytes } from '../../support/elf.js';
import { failureIn } from '../../support/failure-in.js';

test.each(targetNames)('the build info of %s', (target) => {
  expect(readBuildInfo(bytesSource(tinyBytes(target)))).toEqual({
    goVersion: 'go1.26.0',
    path: 'example.com/tiny.plugin',
    main: { path: 'example.com/tiny.plugin', version: '(devel)' },
    deps: [
      {
        path: 'github.com/gin-gonic/gin',
        version: 'v1.12.0',
        sum: 'h1:b3YAbrZtnf8N//yjKeU2+MQsh2mY5htkZidOM7O0wG8=',
      },
      // Replaced by itself, as the pin does: the version and sum that were used.
      {
        path: 'github.com/gotify/plugin-api',
        version: 'v1.0.0',
        sum: 'h1:kab40p2TEPLzjmcafOc7JOz75aTsYQyS2PXtElH8xmI=',
      },
      { path: 'golang.org/x/text', version: '(devel)', replacedBy: '/replaced/1' },
      { path: 'gopkg.in/yaml.v3', version: 'v3.0.1', replacedBy: 'github.com/go-yaml/yaml/v3' },
    ],
    settings: { '-buildmode': 'plugin', '-ldflags': '-w -s', CGO_ENABLED: '1' },
  });
});

describe('files that do not tell', () => {
  const sound = tinyBytes('linux-amd64').toString('latin1');
  const read = (text: string) => readBuildInfo(bytesSource(Buffer.from(text, 'latin1'), 'plugin.so'));

  test('no such section: null', () => {
    expect(read(sound.replace('.go.buildinfo\0', '.go.something\0'))).toBeNull();
  });

  test('the format of Go before 1.18: null', () => {
    expect(read(sound.replace('Go buildinf:\x08\x02', 'Go buildinf:\x08\x00'))).toBeNull();
  });

  test('no modules (a build with GO111MODULE=off): only the Go version', () => {
    const at = sound.indexOf('go1.26.0') + 8;
    const info = read(`${sound.slice(0, at)}\0${sound.slice(at + 1)}`);
    expect(info).toEqual({ goVersion: 'go1.26.0', path: '', main: null, deps: [], settings: {} });
  });

  test.each([
    ['another mark', sound.replace('\xff Go buildinf:', '\xff Go buildxxx:'), /does not begin with its mark/],
    [
      'a text longer than the section',
      sound.replace('\x08go1.26.0', '\xff\x7fo1.26.0'),
      /ends inside a text/,
    ],
    ['a length without an end', sound.replace('\x08go1.26.0', '\xff'.repeat(9)), /no sound text length/],
  ] as const)('%s: a Failure', (...[, text, what]) => {
    const failure = failureIn(() => read(text));
    expect(failure).toMatchObject({ code: 'malformed-elf', where: { kind: 'file', file: 'plugin.so' } });
    expect(failure.what).toMatch(what);
  });
});

test('quoted settings', () => {
  const text = tinyBytes('linux-amd64').toString('latin1').replace('-ldflags="-w -s"', '"a=b"="\\"c\\" dd"');
  const settings = readBuildInfo(bytesSource(Buffer.from(text, 'latin1')))?.settings;
  expect(settings).toEqual({ '-buildmode': 'plugin', 'a=b': '"c" dd', CGO_ENABLED: '1' });
});
