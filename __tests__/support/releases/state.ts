import { createHash } from 'node:crypto';
import { invalid, notFound, refuse } from './answers.js';
import { assetName } from './asset-name.js';
import type { ReleasesOptions, SeedRelease } from './options.js';

export interface AssetState {
  readonly id: number;
  name: string;
  label: string;
  readonly contentType: string;
  state: 'starter' | 'uploaded';
  size: number;
  /** `sha256:<hex>`; null where GitHub names none. */
  digest: string | null;
  content: readonly Uint8Array[];
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** How many lists do not show it yet. */
  hidden: number;
}

export interface ReleaseState {
  readonly id: number;
  tag: string;
  target: string;
  name: string;
  body: string;
  draft: boolean;
  prerelease: boolean;
  immutable: boolean;
  publishedAt: string | null;
  /** How many list requests do not show it yet. */
  hidden: number;
  readonly assets: AssetState[];
}

/** What changed, in order: shows whether anything was ever visible half. */
export interface Change {
  readonly kind:
    'created' | 'published' | 'edited' | 'deleted' | 'uploaded' | 'renamed' | 'removed' | 'broken-off';
  readonly release: number;
  /** Of the release at that moment. */
  readonly draft: boolean;
  readonly title: string;
  /** The asset's; for a publication those of all assets. */
  readonly names: readonly string[];
}

export interface ReleaseFields {
  readonly tag?: string;
  readonly target?: string;
  readonly name?: string;
  readonly body?: string;
  readonly draft?: boolean;
  readonly prerelease?: boolean;
  readonly makeLatest?: 'true' | 'false' | 'legacy';
}

/** The releases and tags of one repository, with the rules of GitHub. Nothing in here waits: each call is atomic. */
export class Repository {
  readonly tags: Map<string, string>;
  readonly annotated: ReadonlyMap<string, string>;
  readonly source: string | null;
  readonly branches: ReadonlyMap<string, string>;
  readonly releases: ReleaseState[] = [];
  readonly changes: Change[] = [];
  /** Whether releases become immutable when they are published. */
  immutable: boolean;
  /** The release that `releases/latest` names. */
  latest: number | null = null;
  readonly #now: () => number;
  readonly #listLag: number;
  readonly #assetLag: number;
  readonly #otherWorkflows: ReadonlySet<string>;
  readonly #usedByImmutable = new Set<string>();
  #nextId = 1000;

  constructor(options: ReleasesOptions, now: () => number) {
    this.#now = now;
    this.tags = new Map(Object.entries(options.tags ?? { 'v1.0.0': 'a'.repeat(40) }));
    this.annotated = new Map(Object.entries(options.annotated ?? {}));
    this.source = options.source ?? null;
    this.branches = new Map(Object.entries(options.branches ?? { main: 'a'.repeat(40) }));
    this.immutable = options.immutable ?? false;
    this.#otherWorkflows = new Set(options.otherWorkflows);
    this.#listLag = options.listLag ?? 0;
    this.#assetLag = options.assetLag ?? 0;
    for (const seed of options.releases ?? []) this.#seed(seed);
  }

  /**
   * The newest first, which GitHub does not document, and which nothing may rely on; drafts for those only who may push.
   * Counts down what is not visible yet.
   *
   * @see https://github.com/Somsubhra/github-release-stats/issues/41 (no documented order)
   */
  list(mayPush: boolean): readonly ReleaseState[] {
    const shown = this.releases.filter(({ hidden, draft }) => hidden === 0 && (mayPush || !draft));
    for (const release of this.releases) if (release.hidden > 0) release.hidden -= 1;
    return shown.reverse();
  }

  /** Counts down what is not visible yet. */
  listAssets({ assets }: ReleaseState): readonly AssetState[] {
    const shown = assets.filter(({ hidden }) => hidden === 0);
    for (const asset of assets) if (asset.hidden > 0) asset.hidden -= 1;
    return shown;
  }

  release(id: number): ReleaseState {
    const release = this.releases.find((each) => each.id === id);
    if (release === undefined) throw notFound();
    return release;
  }

  asset(id: number): { readonly release: ReleaseState; readonly asset: AssetState } {
    for (const release of this.releases) {
      const asset = release.assets.find((each) => each.id === id);
      if (asset !== undefined) return { release, asset };
    }
    throw notFound();
  }

  /** Any number of drafts for one tag: https://github.com/ncipollo/release-action/issues/8 */
  create(fields: ReleaseFields): ReleaseState {
    const { tag } = fields;
    // https://docs.github.com/en/rest/releases/releases#create-a-release ("tag_name" is required)
    if (tag === undefined || tag === '')
      throw invalid({ resource: 'Release', code: 'missing_field', field: 'tag_name' });
    requireShort(fields);
    requireNoLatest(fields.makeLatest, {
      draft: fields.draft === true,
      prerelease: fields.prerelease === true,
    });
    const release: ReleaseState = {
      id: this.#id(),
      tag,
      target: fields.target ?? this.branches.keys().next().value ?? '',
      name: fields.name ?? '',
      body: fields.body ?? '',
      draft: true,
      prerelease: fields.prerelease ?? false,
      immutable: false,
      publishedAt: null,
      hidden: this.#listLag,
      assets: [],
    };
    this.#requireWorkflows(release);
    if (fields.draft !== true) this.#publish(release, fields.makeLatest);
    this.releases.push(release);
    this.#changed('created', release);
    return release;
  }

  update(release: ReleaseState, fields: ReleaseFields): void {
    const isMoved = fields.draft === true || (fields.tag !== undefined && fields.tag !== release.tag);
    // Text, prerelease and make_latest stay editable: https://github.com/github/docs/issues/45718
    if (release.immutable && isMoved) {
      // https://github.com/cameronrye/openzim-mcp/pull/215
      const message = 'state cannot be changed when release is immutable';
      throw invalid({ resource: 'Release', code: 'custom', message });
    }
    requireShort(fields);
    const changed = { ...release, ...untagged(release, fields), ...given(fields) };
    this.#requireWorkflows(changed);
    requireNoLatest(fields.makeLatest, {
      draft: changed.draft && fields.draft !== false,
      prerelease: changed.prerelease,
    });
    const isPublished = fields.draft === false && release.draft;
    if (isPublished) this.#publish(changed, fields.makeLatest);
    else if (!changed.draft) this.#requireFreeTag(changed);
    Object.assign(release, changed);
    if (fields.makeLatest !== undefined && !release.draft) this.#setLatest(release, fields.makeLatest);
    if (fields.draft === true) release.publishedAt = null;
    if (release.draft && this.latest === release.id) this.latest = this.#newest();
    this.#changed(isPublished ? 'published' : 'edited', release);
  }

  /** The tag stays: https://docs.github.com/en/repositories/releasing-projects-on-github/managing-releases-in-a-repository */
  delete(release: ReleaseState): void {
    this.releases.splice(this.releases.indexOf(release), 1);
    if (release.immutable) this.#usedByImmutable.add(release.tag);
    if (this.latest === release.id) this.latest = this.#newest();
    this.#changed('deleted', release);
  }

  /**
   * An asset that is being uploaded: in state `starter`, until its bytes are there. An upload that breaks off leaves it,
   * whoever cut the connection.
   *
   * @see https://docs.github.com/en/rest/releases/assets#upload-a-release-asset (an upstream failure)
   * @see https://github.com/concourse/github-release-resource/pull/116 (the state that failed uploads have)
   * @see https://github.com/EvotecIT/PSPublishModule/pull/698 (a client's connection that broke off)
   */
  begin(
    release: ReleaseState,
    upload: { readonly name: string; readonly label: string; readonly contentType: string },
  ): AssetState {
    // https://github.com/softprops/action-gh-release/issues/653
    if (release.immutable) throw refuse(422, 'Cannot upload assets to an immutable release.');
    const name = this.#freeName(release, upload.name);
    const asset: AssetState = {
      ...upload,
      id: this.#id(),
      name,
      state: 'starter',
      size: 0,
      digest: null,
      content: [],
      createdAt: this.#now(),
      hidden: this.#assetLag,
    };
    release.assets.push(asset);
    return asset;
  }

  /**
   * GitHub computes the digest: https://docs.github.com/en/rest/releases/assets#get-a-release-asset. An upload whose asset
   * was deleted meanwhile is answered 404: an assumption, of which GitHub says nothing.
   */
  finish(asset: AssetState, content: readonly Uint8Array[], digest: string): void {
    const { release } = this.asset(asset.id);
    // Published and frozen while the bytes were on their way: https://github.com/softprops/action-gh-release/issues/771.
    // That the answer is the one to an upload that begins later is an assumption.
    if (release.immutable) throw refuse(422, 'Cannot upload assets to an immutable release.');
    asset.content = content;
    asset.size = content.reduce((sum, { length }) => sum + length, 0);
    asset.digest = `sha256:${digest}`;
    asset.state = 'uploaded';
    this.#changed('uploaded', release, [asset.name]);
  }

  /** The connection was cut before all bytes were there. */
  brokeOff(asset: AssetState): void {
    const release = this.releases.find(({ assets }) => assets.includes(asset));
    if (release !== undefined) this.#changed('broken-off', release, [asset.name]);
  }

  /** @see https://docs.github.com/en/rest/releases/assets#update-a-release-asset */
  rename(
    id: number,
    { name, label }: { readonly name: string | undefined; readonly label: string | undefined },
  ): AssetState {
    const { release, asset } = this.asset(id);
    if (release.immutable) throw frozenAsset('Cannot update asset of an immutable release');
    if (name !== undefined && name !== asset.name) asset.name = this.#freeName(release, name);
    asset.label = label ?? asset.label;
    this.#changed('renamed', release, [asset.name]);
    return asset;
  }

  remove(id: number): void {
    const { release, asset } = this.asset(id);
    // https://github.com/uutils/coreutils/issues/13839
    if (release.immutable) throw frozenAsset('Cannot delete asset from an immutable release');
    release.assets.splice(release.assets.indexOf(asset), 1);
    this.#changed('removed', release, [asset.name]);
  }

  /**
   * A name is taken also by an upload that broke off: the asset has to be deleted first.
   *
   * @see https://github.com/ncipollo/release-action/issues/149
   */
  #freeName(release: ReleaseState, wanted: string): string {
    const name = assetName(wanted);
    if (release.assets.some((asset) => asset.name === name)) {
      throw invalid({ resource: 'ReleaseAsset', code: 'already_exists', field: 'name' });
    }
    return name;
  }

  /** Makes the tag where it is not there: https://docs.github.com/en/rest/releases/releases#create-a-release (target_commitish) */
  #publish(release: ReleaseState, makeLatest: ReleaseFields['makeLatest']): void {
    this.#requireFreeTag(release);
    if (!this.tags.has(release.tag)) {
      const commit =
        this.branches.get(release.target) ?? (/^[0-9a-f]{40}$/.test(release.target) ? release.target : null);
      if (commit === null) throw invalid({ resource: 'Release', code: 'invalid', field: 'target_commitish' });
      this.tags.set(release.tag, commit);
    }
    release.draft = false;
    release.immutable = this.immutable;
    release.publishedAt = new Date(this.#now()).toISOString();
    this.#setLatest(release, makeLatest ?? 'true');
  }

  /** @see https://docs.github.com/en/rest/releases/releases#update-a-release (404, and 403 for some tokens) */
  #requireWorkflows({ target }: ReleaseState): void {
    if (this.#otherWorkflows.has(this.branches.get(target) ?? target)) throw notFound();
  }

  /**
   * A tag has one published release. That publishing a second draft of it is refused as creating a second release is, is
   * an assumption.
   *
   * @see https://github.com/conventional-changelog/releaser-tools/issues/50
   */
  #requireFreeTag({ id, tag }: ReleaseState): void {
    if (this.releases.some((other) => other.tag === tag && !other.draft && other.id !== id)) {
      throw invalid({ resource: 'Release', code: 'already_exists', field: 'tag_name' });
    }
    // https://github.com/github-community-projects/ospo-reusable-workflows/issues/83
    if (this.#usedByImmutable.has(tag)) {
      throw invalid({
        resource: 'Release',
        code: 'custom',
        field: 'tag_name',
        message: 'tag_name was used by an immutable release',
      });
    }
  }

  /** `legacy`: by the date and the version; here the newest. A pre-release never is the latest. */
  #setLatest({ id, prerelease }: ReleaseState, makeLatest: 'true' | 'false' | 'legacy'): void {
    if (makeLatest === 'false' && this.latest === id) this.latest = null;
    if (makeLatest !== 'false' && !prerelease) this.latest = id;
  }

  #newest(): number | null {
    return this.releases.findLast(({ draft, prerelease }) => !draft && !prerelease)?.id ?? null;
  }

  #changed(kind: Change['kind'], release: ReleaseState, names?: readonly string[]): void {
    const all = release.assets.map(({ name }) => name);
    const { id, draft, name: title } = release;
    this.changes.push({ kind, release: id, draft, title, names: names ?? all });
  }

  #id(): number {
    this.#nextId += 1;
    return this.#nextId;
  }

  #seed({
    tag,
    name = '',
    body = '',
    draft = false,
    prerelease = false,
    immutable = false,
    assets = [],
  }: SeedRelease): void {
    const release = this.create({ tag, name, body, draft, prerelease });
    release.hidden = 0;
    if (!draft) release.publishedAt = new Date(this.#now() - 3_600_000).toISOString();
    for (const { name: wanted, bytes, state = 'uploaded', hasDigest = true } of assets) {
      release.assets.push({
        id: this.#id(),
        name: wanted,
        label: '',
        contentType: 'application/octet-stream',
        state,
        size: state === 'uploaded' ? bytes.length : 0,
        digest:
          state === 'uploaded' && hasDigest
            ? `sha256:${createHash('sha256').update(bytes).digest('hex')}`
            : null,
        content: state === 'uploaded' ? [bytes] : [],
        createdAt: this.#now() - 3_600_000,
        hidden: 0,
      });
    }
    release.immutable = immutable;
  }
}

/** @see https://github.com/softprops/action-gh-release/issues/374 */
function requireShort({ body }: ReleaseFields): void {
  if ((body ?? '').length <= 125_000) return;
  const message = 'body is too long (maximum is 125000 characters)';
  throw invalid({ resource: 'Release', code: 'custom', field: 'body', message });
}

/** @see https://github.com/getsentry/craft/pull/583 */
function requireNoLatest(
  makeLatest: ReleaseFields['makeLatest'],
  { draft, prerelease }: Pick<ReleaseState, 'draft' | 'prerelease'>,
): void {
  if (makeLatest !== 'true' || !(draft || prerelease)) return;
  const message = 'Latest release cannot be draft or prerelease.';
  throw invalid({ resource: 'Release', code: 'custom', message });
}

/**
 * A change of a draft that does not name the tag takes it away, and puts a made one in its place.
 *
 * @see https://github.com/cli/cli/blob/trunk/pkg/cmd/release/edit/edit.go (its comment on tag_name)
 * @see https://github.com/release-drafter/release-drafter/issues/204
 * @see https://github.com/mongodb-js/mongosh/pull/691
 */
function untagged({ id, draft }: ReleaseState, { tag }: ReleaseFields): { readonly tag?: string } {
  if (!draft || tag !== undefined) return {};
  return { tag: `untagged-${createHash('sha1').update(String(id)).digest('hex').slice(0, 20)}` };
}

function frozenAsset(message: string): Error {
  return invalid({ resource: 'ReleaseAsset', code: 'custom', message });
}

/** What a change names; the rest stays. `draft: false` is a publication, which has its own rules. */
function given({ tag, target, name, body, draft, prerelease }: ReleaseFields): Partial<ReleaseState> {
  return {
    ...(tag === undefined ? {} : { tag }),
    ...(target === undefined ? {} : { target }),
    ...(name === undefined ? {} : { name }),
    ...(body === undefined ? {} : { body }),
    ...(draft === true ? { draft } : {}),
    ...(prerelease === undefined ? {} : { prerelease }),
  };
}
