import { describe, expect, test } from '@jest/globals';
import { readGoHeader } from '../../../src/plugin/go-header.js';

function paths(text: string): readonly string[] | undefined {
  return readGoHeader(text)?.imports.map(({ path }) => path);
}

describe('readGoHeader', () => {
  test('reads constraints, package and imports', () => {
    const text = `// Copyright.

//go:build linux && !arm
// +build linux,!arm

/* A comment
//go:build windows
*/
package main // import "example.org/x"

import "fmt"
import (
	"os"; . "strings"

	_ "embed" // for the text
	web \`github.com/gin-gonic/gin\`
)

import été "example.org/été"

var x = 1

import "late"
`;
    expect(readGoHeader(text)).toEqual({
      constraints: ['//go:build linux && !arm', '// +build linux,!arm'],
      package: 'main',
      imports: [
        { name: null, path: 'fmt' },
        { name: null, path: 'os' },
        { name: '.', path: 'strings' },
        { name: '_', path: 'embed' },
        { name: 'web', path: 'github.com/gin-gonic/gin' },
        { name: 'été', path: 'example.org/été' },
      ],
    });
  });

  test('a constraint below the package clause is a comment', () => {
    expect(readGoHeader('package x\n\n//go:build linux\n\nfunc f() {}\n')?.constraints).toEqual([]);
  });

  test('steps over what cgo compiles', () => {
    const text = 'package x\n\n/*\nimport "not"\n#include <stdio.h>\n*/\nimport "C"\n\nimport "unsafe"\n';
    expect(paths(text)).toEqual(['C', 'unsafe']);
  });

  test.each([
    ['no imports', 'package x', []],
    ['nothing but imports', 'package x;import "a";import("b";"c");', ['a', 'b', 'c']],
    ['empty parentheses', 'package x\nimport ()\nimport "a"\n', ['a']],
    ['a byte order mark', '\uFEFFpackage x\nimport "a"\n', ['a']],
    ['Windows line ends', 'package x\r\n\r\nimport (\r\n\t"a"\r\n)\r\n', ['a']],
    ['an import in a string', 'package x\nvar s = `\nimport "a"\n`\n', []],
    ['a function called imports', 'package x\nfunc imports() {}\n', []],
  ])('%s', (_, text, expected) => {
    expect(paths(text)).toEqual(expected);
  });

  test.each([
    ['nothing', ''],
    ['text', 'hello'],
    ['no package name', 'package "x"\n'],
    ['an import that does not end', 'package x\nimport (\n\t"a"\n'],
    ['a string that does not end', 'package x\nimport "a\n'],
    ['a comment that does not end', '/* package x'],
    ['an import of a word', 'package x\nimport a b\n'],
  ])('%s is not a Go file', (_, text) => {
    expect(readGoHeader(text)).toBeNull();
  });
});
