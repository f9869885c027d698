import { targetNames, targetOf, type ElfIdentity, type TargetName } from '../build/target.js';
import { Failure } from '../errors.js';
import { buildInfoOf } from '../go/buildinfo.js';
import type { Module } from '../go/module.js';
import type { ByteSource } from '../ports.js';
import { linkHashes, readElf } from './elf.js';
import { JsonPlace } from './json-place.js';
import type { AbiManifest } from './manifest.js';
import { plainGoVersion } from './plugin-abi.js';

/** What the file itself does not say. */
export interface AboutServer {
  /** `v3.0.0`. */
  readonly server: string;
  readonly target: TargetName;
  /** Where the file came from, for people. */
  readonly origin: string;
}

/**
 * Reads a gotify server (or a reference host): the hashes of its packages, and what else decides whether a plugin loads.
 *
 * @throws Failure (input) `malformed-elf`, `not-elf`; `wrong-target` where the file is for another machine;
 *   `no-plugin-host` where it is no Go program that can load plugins
 */
export function manifestOf(source: ByteSource, about: AboutServer): AbiManifest {
  const elf = readElf(source);
  checkTarget(source, elf.identity, about.target);
  const packages = withoutMain(linkHashes(elf));
  const info = buildInfoOf(elf.layout);
  if (packages.size === 0 || info === null) throw noPluginHost(source);
  return {
    ...about,
    goVersion: plainGoVersion(info.goVersion),
    packages,
    elf: elf.identity,
    glibc: elf.glibc,
    needed: elf.needed,
    modules: info.deps.map(({ path, version, sum }) =>
      sum === undefined ? { path, version } : { path, version, sum },
    ),
    flags: info.settings,
  };
}

/**
 * Reads a manifest's JSON: `server`, `target`, `go`, `origin` and `packages` (path -> hex), and as they may be there
 * `elf`, `glibc`, `needed`, `modules` and `flags`. Other keys are ignored.
 *
 * @param where what to call the text in messages: a path
 * @throws Failure (input) `malformed-manifest`, naming the place
 */
export function parseManifest(text: string, where: string): AbiManifest {
  const root = JsonPlace.parse(text, { file: where, code: 'malformed-manifest' });
  const server = root.key('server').text();
  return {
    server,
    target: targetNameOf(root.key('target')),
    goVersion: root.key('go').text(),
    origin: root.key('origin').text(),
    packages: packagesOf(root.key('packages')),
    ...optionalParts(root),
  };
}

/** A manifest as JSON, packages sorted, one a line: the form that parseManifest reads. */
export function manifestJson(manifest: AbiManifest): string {
  const { server, target, goVersion, origin, packages, elf, glibc, needed, modules, flags } = manifest;
  const sorted = [...packages].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const value = {
    server,
    target,
    go: goVersion,
    origin,
    elf,
    glibc,
    needed,
    modules,
    flags,
    packages: Object.fromEntries(sorted),
  };
  return `${JSON.stringify(value, null, 1)}\n`;
}

function optionalParts(root: JsonPlace): Pick<AbiManifest, 'elf' | 'glibc' | 'needed' | 'modules' | 'flags'> {
  const has = (key: string): boolean => !root.key(key).isAbsent();
  return {
    ...(has('elf') && { elf: elfOf(root.key('elf')) }),
    ...(has('glibc') && { glibc: glibcOf(root.key('glibc')) }),
    ...(has('needed') && {
      needed: root
        .key('needed')
        .list()
        .map((place) => place.text()),
    }),
    ...(has('modules') && { modules: root.key('modules').list().map(moduleOf) }),
    ...(has('flags') && {
      flags: Object.fromEntries(
        root
          .key('flags')
          .entries()
          .map(([key, place]) => [key, place.text()]),
      ),
    }),
  };
}

function packagesOf(place: JsonPlace): ReadonlyMap<string, string> {
  const hash = (item: JsonPlace): string => item.matching(/^(?:[0-9a-f]{2}){1,64}$/, 'a hash in hex');
  const entries = place.entries().map(([path, item]) => [path, hash(item)] as const);
  return withoutMain(new Map(entries));
}

/** Every program has its own `main`: it says nothing of the server. */
function withoutMain(packages: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map([...packages].filter(([path]) => path !== 'main'));
}

function targetNameOf(place: JsonPlace): TargetName {
  const text = place.text();
  return targetNames.find((name) => name === text) ?? place.fail(`is not one of ${targetNames.join(', ')}`);
}

function elfOf(place: JsonPlace): ElfIdentity {
  const bits = place.key('class').count();
  if (bits !== 32 && bits !== 64) return place.key('class').fail('is neither 32 nor 64');
  return { class: bits, machine: place.key('machine').count() };
}

function glibcOf(place: JsonPlace): string | null {
  return place.isNull() ? null : place.matching(/^\d+(\.\d+)*$/, 'a version such as 2.34');
}

function moduleOf(place: JsonPlace): Module {
  const module = { path: place.key('path').text(), version: place.key('version').text() };
  return place.key('sum').isAbsent() ? module : { ...module, sum: place.key('sum').text() };
}

function checkTarget(source: ByteSource, found: ElfIdentity, target: TargetName): void {
  const { elf } = targetOf(target);
  if (found.class === elf.class && found.machine === elf.machine) return;
  throw new Failure('input', {
    code: 'wrong-target',
    what: `a file for ${machineText(found)}, where one for ${target} is needed`,
    remedy: `Give the gotify server for ${target}.`,
    where: { kind: 'file', file: source.name },
  });
}

/** `linux-arm64`, or the numbers of an architecture that gotify has no servers for. */
export function machineText({ class: bits, machine }: ElfIdentity): string {
  const known = targetNames.find(
    (name) => targetOf(name).elf.machine === machine && targetOf(name).elf.class === bits,
  );
  return known ?? `ELF machine ${String(machine)}, ${String(bits)} bits`;
}

function noPluginHost(source: ByteSource): Failure {
  return new Failure('input', {
    code: 'no-plugin-host',
    what: 'not a Go program that can load plugins: it has no package hashes or no build information',
    remedy: 'Give the gotify server itself, as released or built with CGO_ENABLED=1.',
    where: { kind: 'file', file: source.name },
  });
}
