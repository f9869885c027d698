// Checks that the committed dist/ is what the sources make (`git diff` alone would miss new files), and that none of its
// files require each other in a circle: then one would be used before it is there.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

const filesOf = (dir) =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(dir, join(entry.parentPath, entry.name)))
    .sort();

function differences(committed, fresh) {
  const before = new Set(filesOf(committed));
  const after = new Set(filesOf(fresh));
  return [
    ...[...after].filter((file) => !before.has(file)).map((file) => `dist/${file} is missing`),
    ...[...before].filter((file) => !after.has(file)).map((file) => `dist/${file} is no longer made`),
    ...[...after]
      .filter(
        (file) =>
          before.has(file) && !readFileSync(join(committed, file)).equals(readFileSync(join(fresh, file))),
      )
      .map((file) => `dist/${file} is not what the sources make`),
  ];
}

/** The files that each file of dist/ loads before itself. */
function importsOf(dir) {
  const statement = /^(?:(?:let|const|var) [\w$]+ = (?:\/\*[^*]*\*\/ )?)?require\("(\.[^"]+)"\)/gm;
  return new Map(
    filesOf(dir).map((file) => {
      const found = readFileSync(join(dir, file), 'utf8').matchAll(statement);
      return [file, [...found].map(([, path]) => join(dirname(file), path))];
    }),
  );
}

function circles(dir) {
  const imports = importsOf(dir);
  const done = new Set();
  const visit = (file, way) => {
    if (way.includes(file))
      return [`dist/ has a circle: ${[...way.slice(way.indexOf(file)), file].join(' -> ')}`];
    if (done.has(file)) return [];
    done.add(file);
    return (imports.get(file) ?? []).flatMap((next) => visit(next, [...way, file]));
  };
  return [...imports.keys()].flatMap((file) => visit(file, []));
}

const fresh = mkdtempSync(join(tmpdir(), 'gotify-plugin-build-dist-'));
try {
  const rolldown = join(root, 'node_modules', 'rolldown', 'bin', 'cli.mjs');
  execFileSync(process.execPath, [rolldown, '--config', '--dir', fresh], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const stale = differences(join(root, 'dist'), fresh);
  const found = [...stale, ...circles(fresh)];
  for (const line of found) console.error(line);
  if (stale.length > 0) console.error('Run `npm run build`, and commit dist/.');
  else console.log('dist/ is current');
  process.exitCode = found.length > 0 ? 1 : 0;
} finally {
  rmSync(fresh, { recursive: true, force: true });
}
