import type { Places } from '../build/builder.js';

/**
 * The arguments, after `go`, that tidy a build-only go.mod. A `go 1.17` file is otherwise held against Go 1.16 too, which
 * builds nothing here.
 *
 * @param request.goLine the file's `go` line; null: it has none
 */
export function tidyArgs(request: {
  readonly places: Pick<Places, 'pin'>;
  readonly goLine: string | null;
}): string[] {
  const compat = /^1\.17(?:\.|$)/.test(request.goLine ?? '') ? ['-compat=1.17'] : [];
  return ['mod', 'tidy', `-modfile=${request.places.pin}/go.mod`, ...compat];
}
