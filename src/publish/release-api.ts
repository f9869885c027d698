import type { Failure } from '../errors.js';

/** A release of the repository, as far as publishing looks at it. */
export interface Release {
  readonly id: number;
  readonly tag: string;
  /** Its title. */
  readonly name: string;
  readonly draft: boolean;
  readonly prerelease: boolean;
  /** True: it is published and its assets can no longer be changed. */
  readonly immutable: boolean;
  /** How long ago it was published, in milliseconds, by the API's clock; null: it was not. */
  readonly publishedMs: number | null;
  readonly body: string;
  /** Where assets are sent; it may be on another host than the API. */
  readonly uploadUrl: string;
  /** For people. */
  readonly url: string;
}

export interface Asset {
  readonly id: number;
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** `starter`: an upload that broke off, or that goes on just now. */
  readonly state: 'uploaded' | 'starter';
  /** `sha256:<hex>`; null where GitHub names none. */
  readonly digest: string | null;
  /** How long ago its upload began, in milliseconds, by the API's clock. */
  readonly ageMs: number;
}

export interface NewRelease {
  readonly tag: string;
  readonly name: string;
  readonly body: string;
  readonly prerelease: boolean;
}

export interface ReleaseChange {
  /** The release's own: a draft whose change names none loses it (cli/cli, pkg/cmd/release/edit/edit.go). */
  readonly tag: string;
  readonly name?: string;
  readonly body?: string;
  readonly draft?: false;
  readonly prerelease?: boolean;
  readonly makeLatest?: MakeLatest;
}

export type MakeLatest = 'true' | 'false' | 'legacy';

export type Content =
  { readonly kind: 'file'; readonly path: string } | { readonly kind: 'bytes'; readonly bytes: Uint8Array };

export interface Upload {
  readonly name: string;
  readonly content: Content;
}

export type Write<T> =
  | { readonly kind: 'done'; readonly value: T }
  /** The name or the tag is taken (422 already_exists): somebody was faster, or an earlier answer was lost. */
  | { readonly kind: 'conflict' }
  /** What it was for is no longer there (404). */
  | { readonly kind: 'gone' }
  /** The release became immutable. */
  | { readonly kind: 'frozen'; readonly failure: Failure }
  /** The answer is lost: it may be done, half done or not done. */
  | { readonly kind: 'unsure'; readonly failure: Failure };

/**
 * GitHub's releases of one repository. Requests that may be made twice are made again where that may heal; each method
 * throws a Failure when it does not. `create`, `upload`, `copy`, and an `update` that publishes are made once: after a lost
 * answer one has to look. What takes assets says `frozen` where the release is immutable.
 *
 * @see https://docs.github.com/en/rest/releases
 */
export interface ReleaseApi {
  /** The commit that a tag leads to, 40 hex digits; null: there is no such tag, or it is of no commit. */
  tagCommit(tag: string): Promise<string | null>;
  /** Every release of the tag, drafts too. A release that was made a moment ago may be missing. */
  releasesOf(tag: string): Promise<readonly Release[]>;
  /** The repository's latest published release; null: there is none. */
  latest(): Promise<Release | null>;
  /** Null where it is gone. */
  release(id: number): Promise<Release | null>;
  /** A draft. */
  create(release: NewRelease): Promise<Write<Release>>;
  update(id: number, change: ReleaseChange): Promise<Write<Release>>;
  /** Also where it is gone already. */
  deleteRelease(id: number): Promise<void>;
  /** Null where the release is gone. One that was sent a moment ago may be missing. */
  assets(releaseId: number): Promise<readonly Asset[] | null>;
  /** Null where it is gone. */
  asset(id: number): Promise<Asset | null>;
  upload(release: Release, upload: Upload): Promise<Write<Asset>>;
  /** The bytes of an asset of another release, sent to this one. */
  copy(asset: Asset, to: Release, name: string): Promise<Write<Asset>>;
  rename(assetId: number, name: string): Promise<Write<Asset>>;
  /** Of several who delete an asset one is told `done`, the others `gone`. */
  deleteAsset(assetId: number): Promise<Write<null>>;
  /** Writes the bytes of an asset to a file, which is replaced. False where the asset is gone. */
  download(asset: Asset, path: string): Promise<boolean>;
  /** The bytes of a small asset; null where it is gone. */
  read(asset: Asset): Promise<Uint8Array | null>;
  /** 64 hex digits, of the downloaded bytes; null where it is gone. */
  sha256(asset: Asset): Promise<string | null>;
  /** Waits before looking again: longer with each try, and not the same time for everybody. */
  pause(tries: number): Promise<void>;
}
