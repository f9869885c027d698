import type { BuildPorts } from './ports.js';

/** The effects of a check: those of a build, and what a pull request is compared with. */
export interface CheckPorts extends BuildPorts {
  /** The files that a pattern matches, absolute and sorted; `base`: what it starts from, absolute. */
  matchingFiles(pattern: string, base: string): Promise<readonly string[]>;
  /**
   * The files as they were before the change; null where nothing says what to compare with.
   *
   * @param request.ref a commit, branch or tag; null: the base of the pull request or merge group
   * @param request.folder in the checkout of the change, absolute
   */
  openBase(request: { readonly ref: string | null; readonly folder: string }): Promise<BaseFiles | null>;
}

export interface BaseFiles {
  /** What messages call it. */
  readonly name: string;
  /** The text of a file that lies at this absolute path now; null: it was not there. Throws Failure. */
  read(path: string): Promise<string | null>;
  /**
   * Lays out the whole repository that a folder is in now, each file below `into` by the path that it had: `into` stands
   * for the root of the file system, and what is laid out once is not again. Gives the folder below it, which need not
   * be there. Throws Failure.
   */
  layOut(folder: string, into: string): Promise<string>;
}
