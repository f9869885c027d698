import { parseModFile } from '../go/modfile.js';
import { compareGoVersions, languageVersion } from '../go/version.js';

/** What Go takes for the language of a module whose go.mod has no `go` line (cmd/go/internal/gover, DefaultGoModVersion). */
const withoutLine = '1.16';

/**
 * The language version that the plugin's own packages have to be compiled as, `1.18`, where Go left a build-only go.mod
 * with another one: from Go 1.21 on it raises the `go` line to the highest among all modules (those of the server,
 * too), and adds a missing line. Loop variables, for one, mean something else from Go 1.22 on. Null: it is as it was.
 *
 * @param made the build-only go.mod
 * @param left what go made of it
 */
export function ownLanguage(made: string, left: string): string | null {
  const wanted = languageOf(made);
  return languageOf(left) === wanted ? null : wanted;
}

function languageOf(goMod: string): string {
  return languageVersion(parseModFile(goMod, 'go.mod').go?.version ?? withoutLine);
}

/** Whether code for one Go means something else, without an error, when it is compiled as another. */
export function losesLoopVariables(written: string, compiled: string): boolean {
  return compareGoVersions(languageVersion(written), '1.22') >= 0 && compareGoVersions(compiled, '1.22') < 0;
}

/** What it means then: https://go.dev/blog/loopvar-preview. */
export const loopsThen =
  "before Go 1.22 all rounds of a `for` loop share its variables, so functions and goroutines made in one may see others' values";
