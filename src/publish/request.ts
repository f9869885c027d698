import type { TargetName } from '../build/target.js';
import type { PluginFile } from './file.js';
import type { MakeLatest, Release } from './release-api.js';

/** What happens to a `.so` asset of the same name with other bytes. */
export type OnExisting = 'replace' | 'skip' | 'fail';

/** Servers that a file of the release is proven to load in, besides those that it was published for. */
export interface AddedServers {
  /** The asset's name. */
  readonly file: string;
  /** 64 hex digits: what is proven is so of these bytes alone. */
  readonly sha256: string;
  /** The versions, one or more. */
  readonly servers: readonly string[];
  /** The least number of packages that any of them compared. */
  readonly compared: number;
}

/** Something that was asked for and is not among the files (allow-partial). */
export interface Left {
  readonly target: TargetName;
  /** The server versions, one or more. */
  readonly servers: readonly string[];
  /** One sentence for people. */
  readonly text: string;
}

export interface PublishRequest {
  /** It exists. */
  readonly tag: string;
  /** Of the plugin, 40 hex digits; null: unknown. */
  readonly commit: string | null;
  /** The plugin's module path. */
  readonly plugin: string;
  readonly files: readonly PluginFile[];
  /** Of files that are at the release already. */
  readonly added: readonly AddedServers[];
  /** Null: replace in a draft, fail in a published release. */
  readonly onExisting: OnExisting | null;
  /** Whether a release that is made here is a pre-release. */
  readonly prerelease: boolean;
  /** Whether a draft stays one. */
  readonly draft: boolean;
  /** Null: GitHub's default. */
  readonly makeLatest: MakeLatest | null;
  /** Whether the release's text says which file is for whom. */
  readonly notes: boolean;
  readonly left: readonly Left[];
}

/** One of several jobs that share a release. */
export interface PartRequest extends PublishRequest {
  readonly part: Part;
}

export interface Part {
  /** How many jobs share the release. */
  readonly of: number;
  /** This one's; no two have the same. Letters, digits, `.`, `_`, `-`. */
  readonly name: string;
  /** The workflow run (GITHUB_RUN_ID): parts of another run do not count. Null outside Actions. */
  readonly run: string | null;
  /** Which attempt of the run it is (GITHUB_RUN_ATTEMPT): a part that is run again replaces itself. Null outside Actions. */
  readonly attempt: string | null;
}

/** What the release is now, and what this run did. */
export interface Published {
  readonly kind: 'published' | 'draft';
  readonly release: Release;
  /** New `.so` assets. */
  readonly uploaded: readonly string[];
  /** Other bytes than before. */
  readonly replaced: readonly string[];
  /** The same bytes were there. */
  readonly same: readonly string[];
  /** Other bytes are there, and `on-existing: skip` left them. */
  readonly skipped: readonly string[];
  /** `.so` assets that gotify-plugin.json cannot say anything of: nobody knows what they were built for. */
  readonly unknown: readonly string[];
}

/** This part is at the draft; it becomes whole when the other parts are there too. */
export interface Waiting extends Omit<Published, 'kind' | 'unknown'> {
  readonly kind: 'waiting';
  /** Names of the parts that are there, this one among them, sorted. */
  readonly parts: readonly string[];
  readonly of: number;
}
