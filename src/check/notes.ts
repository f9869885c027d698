import type { ModRequire } from '../go/modfile.js';
import type { LinesContext } from './context.js';
import type { Finding } from './finding.js';
import { pick } from './picked.js';

/** What every gotify declares as its module: `/v2` since 2.0, in version 3 too. */
export const serverPath = /^github\.com\/gotify\/server(?:\/v\d+)?$/;

/** The module path in go.mod of https://github.com/gotify/plugin-template, in each of its versions. */
const templatePath = 'github.com/gotify/plugin-template';

/** Requires of the server's own module: whether a package of it is imported, the lines cannot tell. */
export function serverModuleFindings(context: LinesContext): readonly Finding[] {
  return named(context, (path) => serverPath.test(path)).map((path) => {
    const { plugin, ...found } = requireFinding(path, context);
    return {
      ...found,
      level: 'drift',
      kind: 'server-module',
      code: 'server-module',
      plugin,
      what: `go.mod requires the server's own module ${path} ${plugin}: a plugin that imports a package of it never loads`,
      remedy:
        'Remove the requirement, and use github.com/gotify/plugin-api: it has all that a plugin may share with the server.',
    };
  });
}

/** Modules that the plugin brings along, as the server does not have them. */
export function ownModuleFindings(context: LinesContext): readonly Finding[] {
  const { server, versions } = context;
  const listed = new Set(server.buildList.map(({ path }) => path));
  const isOwn = (path: string): boolean =>
    !versions.has(path) && !listed.has(path) && !serverPath.test(path) && path !== context.mod.module;
  return named(context, isOwn).map((path) => {
    const found = requireFinding(path, context);
    return {
      ...found,
      level: 'note',
      kind: 'own-module',
      code: 'own-module',
      what: `${path} ${found.plugin} is the plugin's own: gotify ${server.version} does not have it`,
      remedy:
        'Nothing to do, unless another plugin of the same server has another version of it: the second one to load is refused.',
    };
  });
}

/** A plugin cannot pin itself: packages that it and the server's module both have are never the same. */
export function modulePathFindings({ mod, file, server }: LinesContext): readonly Finding[] {
  const theirs = server.pinList.modules.find(({ path }) => path === mod.module);
  if (theirs === undefined) return [];
  return [
    {
      level: 'drift',
      kind: 'module-path',
      code: 'module-path',
      module: mod.module,
      plugin: null,
      server: theirs.version,
      reach: null,
      what: `the plugin's own module path ${mod.module} is that of a module in gotify ${server.version}: a package that both have makes the server refuse the plugin`,
      remedy:
        'Give the module a path of its own: `go mod edit -module=github.com/you/your-plugin`. Imports of its own packages change with it.',
      where: { kind: 'file', file, line: mod.moduleLine ?? 1 },
    },
  ];
}

/** The template's module path: two plugins that kept it cannot be in one server. */
export function templateFindings({ mod, file }: LinesContext): readonly Finding[] {
  if (mod.module !== templatePath) return [];
  return [
    {
      level: 'note',
      kind: 'template-path',
      code: 'template-path',
      module: templatePath,
      plugin: templatePath,
      server: null,
      reach: null,
      what: "the module still has the plugin template's path: of two such plugins in one server the second is refused (plugin already loaded)",
      remedy:
        "Give it a path of its own, such as its repository's: `go mod edit -module=github.com/you/your-plugin`. Imports of its own packages change with it.",
      where: { kind: 'file', file, line: mod.moduleLine ?? 1 },
    },
  ];
}

/** The paths of required modules, each once, in the order of the file. */
function named({ mod }: LinesContext, isWanted: (path: string) => boolean): readonly string[] {
  return [...new Set(mod.requires.map(({ path }) => path))].filter(isWanted);
}

function requireFinding(
  path: string,
  { mod, file }: LinesContext,
): Pick<Finding, 'module' | 'server' | 'reach' | 'where'> & { readonly plugin: string } {
  const lines = mod.requires.filter((require) => require.path === path);
  const { require, used } = pick(mod, path);
  const shown: ModRequire | undefined = require ?? lines[0];
  return {
    module: path,
    plugin: used ?? shown?.version ?? '',
    server: null,
    reach: lines.some(({ indirect }) => !indirect) ? 'direct' : 'transitive',
    where: { kind: 'file', file, ...(shown === undefined ? {} : { line: shown.line }) },
  };
}
