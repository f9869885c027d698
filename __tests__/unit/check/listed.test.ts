import { describe, expect, test } from '@jest/globals';
import type { Finding } from '../../../src/check/finding.js';
import {
  listedFindings,
  listedOwnModules,
  supplyingModules,
  unnamedFindings,
  type ListedRequest,
} from '../../../src/check/listed.js';
import { whereText } from '../../../src/errors.js';
import { parseModFile } from '../../../src/go/modfile.js';
import type { PluginListing } from '../../../src/plugin/listing.js';
import { listingOf } from '../../support/listing.js';

const server: ListedRequest['server'] = {
  version: 'v3.0.0',
  pinList: {
    source: 'go.mod',
    modules: [
      { path: 'a.org/web', version: 'v1.12.0' },
      { path: 'a.org/net', version: 'v0.55.0' },
      { path: 'a.org/unused', version: 'v1.0.0' },
      { path: 'example.org/echo', version: 'v0.1.0' },
    ],
  },
};

interface Case {
  readonly listing: PluginListing;
  readonly dependencies?: ListedRequest['dependencies'];
}

function findings(lines: string, { listing, dependencies = 'pin' }: Case): readonly Finding[] {
  const mod = parseModFile(`module example.org/echo\n${lines}\n`, 'go.mod');
  const request = { mod, file: 'go.mod', server, dependencies, listing };
  return [...listedFindings(request), ...listedOwnModules(request), ...unnamedFindings(request)];
}

/** `level kind module plugin / server reach at place`. */
const short = ({ level, kind, module, plugin, server: has, reach, where }: Finding): string =>
  `${level} ${kind} ${String(module)} ${String(plugin)} / ${String(has)} ${String(reach)} at ${where === null ? '-' : whereText(where)}`;

const shorts = (lines: string, request: Case): readonly string[] => findings(lines, request).map(short);

/** The plugin imports web, which imports net. */
const chain = listingOf({
  'example.org/echo': [{ version: null }, 'a.org/web/sub', 'fmt'],
  'a.org/web/sub': [{ path: 'a.org/web', version: 'v1.11.0' }, 'a.org/net/html', 'fmt'],
  'a.org/net/html': [{ path: 'a.org/net', version: 'v0.50.0' }, 'fmt'],
  fmt: [null],
});

describe('a module that goes into the plugin at another version', () => {
  test('stands at its own require line, where there is one', () => {
    const lines = 'go 1.25.0\nrequire (\n\ta.org/web v1.11.0\n\ta.org/net v0.50.0 // indirect\n)';
    expect(shorts(lines, { listing: chain })).toEqual([
      'drift version a.org/web v1.11.0 / v1.12.0 direct at go.mod:4',
      'drift version a.org/net v0.50.0 / v0.55.0 transitive at go.mod:5',
    ]);
  });

  test('stands at the line of what imports it, where it has none', () => {
    const found = findings('go 1.16\nrequire a.org/web v1.11.0', { listing: chain });
    expect(found.map(short)).toEqual([
      'drift version a.org/web v1.11.0 / v1.12.0 direct at go.mod:3',
      'drift version a.org/net v0.50.0 / v0.55.0 transitive at go.mod:3',
    ]);
    expect(found[1]?.what).toBe(
      'the plugin is made with a.org/net v0.50.0, which its dependencies bring in: older than v0.55.0 of gotify v3.0.0',
    );
  });

  test('stands at the file, where no line brings it in', () => {
    const [web] = findings('go 1.16', { listing: chain });
    expect(web?.where).toEqual({ kind: 'file', file: 'go.mod' });
  });

  test('stands at the nearest line of several that bring it in', () => {
    const listing = listingOf({
      'example.org/echo': [{}, 'a.org/far', 'a.org/near'],
      'a.org/far': [{ version: 'v1.0.0' }, 'a.org/middle'],
      'a.org/middle': [{ version: 'v1.0.0' }, 'a.org/net'],
      'a.org/near': [{ version: 'v1.0.0' }, 'a.org/net'],
      'a.org/net': [{ version: 'v0.60.0' }],
    });
    const lines = 'go 1.16\nrequire a.org/far v1.0.0\nrequire a.org/near v1.0.0';
    expect(shorts(lines, { listing })).toContain(
      'drift version a.org/net v0.60.0 / v0.55.0 transitive at go.mod:4',
    );
  });

  test('stands at the line that counts, where there are several', () => {
    const lines =
      'go 1.25.0\nrequire a.org/net v0.40.0 // indirect\nrequire a.org/net v0.50.0\nrequire a.org/web v1.11.0';
    expect(shorts(lines, { listing: chain })).toContain(
      'drift version a.org/net v0.50.0 / v0.55.0 direct at go.mod:4',
    );
  });

  test('is the one that Go picked, not the one that is required', () => {
    const lines = 'go 1.25.0\nrequire a.org/web v1.0.0\nrequire a.org/net v0.1.0';
    expect(shorts(lines, { listing: chain })[0]).toContain('a.org/web v1.11.0 / v1.12.0');
  });
});

describe('no finding', () => {
  const lines =
    'go 1.25.0\nrequire a.org/web v1.12.0\nrequire a.org/unused v0.1.0\nrequire a.org/net v0.55.0';

  test('is a module that supplies no package, nor one that is equal', () => {
    const listing = listingOf({
      'example.org/echo': [{}, 'a.org/web'],
      'a.org/web': [{ version: 'v1.12.0' }],
    });
    expect(shorts(lines, { listing })).toEqual([]);
    expect(supplyingModules(listing)).toEqual(new Set(['example.org/echo', 'a.org/web']));
  });

  test("is the plugin's own module, though a server has one of that path", () => {
    const listing = listingOf({
      'example.org/echo': [{}, 'example.org/echo/inner'],
      'example.org/echo/inner': [{ path: 'example.org/echo', main: true }],
    });
    expect(shorts(lines, { listing })).toEqual([]);
  });

  test("is the server's own module", () => {
    const listing = listingOf({
      'example.org/echo': [{}, 'github.com/gotify/server/v2/model'],
      'github.com/gotify/server/v2/model': [{ path: 'github.com/gotify/server/v2', version: 'v2.9.1' }],
    });
    expect(shorts(`${lines}\nrequire github.com/gotify/server/v2 v2.9.1`, { listing })).toEqual([]);
  });
});

test('a module that the server lacks is a note', () => {
  const listing = listingOf({ 'example.org/echo': [{}, 'b.org/own'], 'b.org/own': [{ version: 'v1.0.0' }] });
  expect(shorts('go 1.25.0\nrequire b.org/own v1.0.0', { listing })).toEqual([
    'note own-module b.org/own v1.0.0 / null direct at go.mod:3',
  ]);
});

describe('a replacement', () => {
  const replaced = (replaces: string, version: string | null = 'v1.11.0'): PluginListing =>
    listingOf({
      'example.org/echo': [{}, 'a.org/web'],
      'a.org/web': [{ version, replaces }],
    });
  const require = 'go 1.25.0\nrequire a.org/web v1.10.0\n';

  test.each([
    ['pin', 'drift'],
    ['cap', 'conflict'],
    ['keep', 'conflict'],
  ] as const)('by a folder is under %s a %s, and its version is no finding', (dependencies, level) => {
    const lines = `${require}replace a.org/web => ./web`;
    expect(shorts(lines, { listing: replaced('v1.10.0', null), dependencies })).toEqual([
      `${level} replaced a.org/web ./web / v1.12.0 direct at go.mod:4`,
    ]);
  });

  test('of one version beats that of all', () => {
    const lines = `${require}replace a.org/web => ./all\nreplace a.org/web v1.10.0 => ./one\nreplace a.org/web v1.9.0 => ./other`;
    expect(shorts(lines, { listing: replaced('v1.10.0', null) })).toEqual([
      'drift replaced a.org/web ./one / v1.12.0 direct at go.mod:5',
    ]);
  });

  test("by the server's version is no finding", () => {
    const lines = `${require}replace a.org/web => a.org/web v1.12.0`;
    expect(shorts(lines, { listing: replaced('v1.10.0', 'v1.12.0'), dependencies: 'keep' })).toEqual([]);
  });

  test('that Go does not use is none', () => {
    const lines = `${require}replace a.org/web v1.9.0 => ./other`;
    const listing = listingOf({
      'example.org/echo': [{}, 'a.org/web'],
      'a.org/web': [{ version: 'v1.10.0' }],
    });
    expect(shorts(lines, { listing })).toEqual([
      'drift version a.org/web v1.10.0 / v1.12.0 direct at go.mod:3',
    ]);
  });

  test("of the server's version is in use once `cap` has set that", () => {
    const lines = `${require}replace a.org/web v1.12.0 => ./fork`;
    const listing = listingOf({
      'example.org/echo': [{}, 'a.org/web'],
      'a.org/web': [{ version: 'v1.10.0' }],
    });
    expect(shorts(lines, { listing, dependencies: 'cap' })).toEqual([
      'conflict replaced a.org/web ./fork / v1.12.0 direct at go.mod:4',
      'drift version a.org/web v1.10.0 / v1.12.0 direct at go.mod:3',
    ]);
  });

  test("of a module of the plugin's own is a note with what it is made of", () => {
    const listing = listingOf({
      'example.org/echo': [{}, 'b.org/own'],
      'b.org/own': [{ version: 'v2.0.0', replaces: 'v1.0.0' }],
    });
    const lines = 'go 1.25.0\nrequire b.org/own v1.0.0\nreplace b.org/own => c.org/fork v2.0.0';
    expect(shorts(lines, { listing })).toEqual([
      'note own-module b.org/own c.org/fork v2.0.0 / null direct at go.mod:3',
    ]);
  });
});

describe('a go.mod that does not require all that the plugin is made with', () => {
  const untidy = (lines: string): string | undefined =>
    findings(lines, { listing: chain }).find(({ kind }) => kind === 'not-tidy')?.what;

  test('is not tidy since Go 1.17', () => {
    expect(untidy('go 1.17\nrequire a.org/web v1.11.0')).toBe(
      'go.mod is not tidy: it does not require a.org/net, though the plugin is made with it',
    );
    expect(untidy('go 1.17')).toContain('it does not require a.org/web, a.org/net, though');
  });

  test.each(['go 1.16\nrequire a.org/web v1.11.0', 'require a.org/web v1.11.0'])(
    'may be tidy before: %j',
    (lines) => {
      expect(untidy(lines)).toBeUndefined();
    },
  );

  test('is tidy where it requires all', () => {
    expect(
      untidy('go 1.25.0\nrequire a.org/web v1.11.0\nrequire a.org/net v0.50.0 // indirect'),
    ).toBeUndefined();
  });
});
