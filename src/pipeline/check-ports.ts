import type { BuildPorts } from './ports.js';

/** The effects of a check: those of a build, and what a pull request is compared with. */
export interface CheckPorts extends BuildPorts {
  /** The files that a pattern matches, absolute and sorted; `base`: what it starts from, absolute. */
  matchingFiles(pattern: string, base: string): Promise<readonly string[]>;
  /**
   * The files as they were before the change; null where nothing says what to compare with.
   *
   * @param ref a commit, branch or tag; null: the pull request's base
   */
  openBase(ref: string | null): Promise<BaseFiles | null>;
}

export interface BaseFiles {
  /** What messages call it. */
  readonly name: string;
  /** The text of a file that lies at this absolute path now; null: it was not there. Throws Failure. */
  read(path: string): Promise<string | null>;
}
