import { setRequires } from '../go/modedit.js';
import { parseModFile } from '../go/modfile.js';
import type { Change } from './change.js';
import { keepModule, withServerSums, type Pin, type PinRequest } from './pin.js';

/**
 * `dependencies: cap`: the plugin's go.mod with the rule `gomod-cap` applied, as a build-only file for a following
 * `go mod tidy`. Throws Failure as keepModule does.
 */
export function capModule(request: PinRequest): Pin {
  const capped = capText(request);
  const kept = keepModule({ ...request, goMod: capped.text });
  return { ...kept, goSum: withServerSums(request), changes: [...kept.changes, ...capped.changes] };
}

/**
 * The rule of gotify's own gomod-cap (github.com/gotify/plugin-api, cmd/gomod-cap): each module that both go.mod files
 * require gets the server's version, up or down. Nothing else in the text changes: comments, order and line ends stay.
 */
export function capText(request: Pick<PinRequest, 'goMod' | 'file' | 'server'>): {
  readonly text: string;
  readonly changes: readonly Change[];
} {
  const { goMod, file, server } = request;
  const required = parseModFile(server.goMod, `go.mod of gotify ${server.version}`).requires;
  const versions = new Map(required.map(({ path, version }) => [path, version]));
  const changes = parseModFile(goMod, file).requires.flatMap(
    ({ path, version, indirect, line }): Change[] => {
      const to = versions.get(path);
      if (to === undefined || to === version) return [];
      return [{ module: path, from: version, to, line, reach: indirect ? 'transitive' : 'direct' }];
    },
  );
  return { text: setRequires(goMod, file, versions), changes };
}
