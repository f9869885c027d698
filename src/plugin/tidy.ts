import type { Places } from '../build/builder.js';

/**
 * The arguments, after `go`, that tidy a build-only go.mod. A `go 1.17` file is otherwise held against Go 1.16 too, which
 * builds nothing here.
 *
 * @param request.goLine the file's `go` line; null: it has none
 * @param request.overlay whether the pin's overlay.json is in use
 */
export function tidyArgs(request: {
  readonly places: Pick<Places, 'pin'>;
  readonly goLine: string | null;
  readonly overlay?: boolean;
}): string[] {
  const compat = /^1\.17(?:\.|$)/.test(request.goLine ?? '') ? ['-compat=1.17'] : [];
  const { pin } = request.places;
  const overlaid = request.overlay === true ? [`-overlay=${pin}/overlay.json`] : [];
  return ['mod', 'tidy', `-modfile=${pin}/go.mod`, ...overlaid, ...compat];
}
