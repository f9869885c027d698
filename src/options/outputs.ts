/** The outputs of the action, in action.yml's order. */
export const outputs = [
  {
    name: 'files',
    description: 'The paths of the files that load (with `verify: off`: that were built), a JSON array.',
  },
  {
    name: 'server-version',
    description:
      'The server version that was built or checked for, such as `v3.0.0`; several are separated by commas, newest first.',
  },
  {
    name: 'server-commit',
    description:
      'Its commit, or empty for a gotify binary that does not name it; several as for `server-version`.',
  },
  {
    name: 'go-version',
    description: 'The Go version of that server, such as `1.26.0`; several as for `server-version`.',
  },
  { name: 'report', description: 'The path of report.json (`publish`: of publish-report.json).' },
  {
    name: 'compatible',
    description:
      '`true`: every target loads. `false`: one does not build or will not load. `unknown`: it could not be decided.',
  },
  {
    name: 'conflicts',
    description:
      'With `mode: check`: how many conflicts were found; `compatible` says whether all could be looked at.',
  },
  {
    name: 'release-url',
    description: 'The address of the release that the files are at; empty where there is none.',
  },
  {
    name: 'cache-key',
    description:
      'A key for saving `cache-dir`: the same for every plugin and commit with the same server modules, targets and builder. Empty where nothing was compiled.',
  },
] as const;

export type OutputName = (typeof outputs)[number]['name'];
