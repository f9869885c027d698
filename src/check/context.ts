import type { ModFile } from '../go/modfile.js';
import type { ServerBuild } from '../gotify/server-build.js';
import type { DependencyRule } from '../pin/local-replaces.js';

export type LinesServer = Pick<ServerBuild, 'version' | 'goVersion' | 'goMod' | 'buildList' | 'pinList'>;

/** What the judges of single lines work with. */
export interface LinesContext {
  readonly mod: ModFile;
  readonly file: string;
  readonly server: LinesServer;
  readonly dependencies: DependencyRule;
  /** Path -> version of the server's modules. */
  readonly versions: ReadonlyMap<string, string>;
}
