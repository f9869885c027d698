import { createHash } from 'node:crypto';
import type { JobIds } from './token.js';

/** An artifact of a run. */
export interface StoredArtifact {
  readonly id: number;
  readonly name: string;
  readonly ids: JobIds;
  /** RFC 3339; null: the repository's own retention. */
  readonly expiresAt: string | null;
  /** What was uploaded; null until its list of blocks was committed. */
  bytes: Buffer | null;
  finalized: boolean;
}

export interface TwirpAnswer {
  readonly status: number;
  readonly value: object;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * The results service of the runners: what @actions/artifact talks to. Its messages are those of the client's
 * generated code.
 *
 * @see https://github.com/actions/toolkit/tree/main/packages/artifact/src/generated/results/api/v1
 */
export class ResultsService {
  readonly artifacts: StoredArtifact[] = [];
  /** Where the storage is; without a slash at the end. */
  storageUrl = '';
  #nextId = 1;

  answer(method: string, fields: Fields, ids: JobIds): TwirpAnswer {
    // A token is good for its own run only.
    if (fields['workflow_run_backend_id'] !== ids.run) return twirpError('permission_denied', 'wrong run');
    const name = String(fields['name'] ?? '');
    switch (method) {
      case 'CreateArtifact':
        return this.#create(name, fields, ids);
      case 'FinalizeArtifact':
        return this.#finalize(name, fields, ids);
      case 'ListArtifacts':
        return this.#list(fields, ids);
      case 'GetSignedArtifactURL':
        return this.#signedUrl(name, ids);
      case 'DeleteArtifact':
        return this.#delete(name, ids);
      default:
        return twirpError('bad_route', `no method ${method}`);
    }
  }

  /** The artifact that a storage address is of. */
  byId(id: number): StoredArtifact | undefined {
    return this.artifacts.find((artifact) => artifact.id === id);
  }

  /**
   * A name is taken once in a run.
   *
   * @see https://github.com/actions/upload-artifact/issues/634 (the message)
   */
  #create(name: string, fields: Fields, ids: JobIds): TwirpAnswer {
    // Characters that NTFS refuses: https://github.com/actions/toolkit/blob/main/packages/artifact/src/internal/upload/path-and-artifact-name-validation.ts
    if (name === '' || /[":<>|*?\r\n\\/]/.test(name)) return twirpError('invalid_argument', 'invalid name');
    const taken = this.#find(name, ids);
    if (taken?.finalized === true || (taken !== undefined && taken.ids.job !== ids.job)) {
      return twirpError('already_exists', 'an artifact with this name already exists on the workflow run');
    }
    // What the same job began and did not finish is begun again.
    if (taken !== undefined) this.artifacts.splice(this.artifacts.indexOf(taken), 1);
    const expires = fields['expires_at'];
    const artifact: StoredArtifact = {
      id: this.#nextId,
      name,
      ids,
      expiresAt: typeof expires === 'string' ? expires : null,
      bytes: null,
      finalized: false,
    };
    this.#nextId += 1;
    this.artifacts.push(artifact);
    return { status: 200, value: { ok: true, signed_upload_url: this.#address(artifact) } };
  }

  #finalize(name: string, fields: Fields, ids: JobIds): TwirpAnswer {
    const artifact = this.#find(name, ids);
    if (artifact?.bytes === undefined || artifact.bytes === null)
      return twirpError('not_found', 'nothing was uploaded');
    const hash = `sha256:${createHash('sha256').update(artifact.bytes).digest('hex')}`;
    const isRight = fields['hash'] === hash && Number(fields['size']) === artifact.bytes.length;
    if (!isRight) return twirpError('invalid_argument', 'size or hash differ from what arrived');
    artifact.finalized = true;
    return { status: 200, value: { ok: true, artifact_id: String(artifact.id) } };
  }

  #list(fields: Fields, ids: JobIds): TwirpAnswer {
    const { name_filter: name, id_filter: id } = fields;
    const found = this.artifacts.filter(
      (each) =>
        each.finalized &&
        each.ids.run === ids.run &&
        (name === undefined || each.name === name) &&
        (id === undefined || String(each.id) === id),
    );
    const artifacts = found.map((each) => ({
      workflow_run_backend_id: each.ids.run,
      workflow_job_run_backend_id: each.ids.job,
      database_id: String(each.id),
      name: each.name,
      size: String(each.bytes?.length ?? 0),
      created_at: '2026-01-01T00:00:00Z',
    }));
    return { status: 200, value: { artifacts } };
  }

  #signedUrl(name: string, ids: JobIds): TwirpAnswer {
    const artifact = this.#find(name, ids);
    if (artifact === undefined) return twirpError('not_found', 'no such artifact');
    return { status: 200, value: { signed_url: this.#address(artifact) } };
  }

  #delete(name: string, ids: JobIds): TwirpAnswer {
    const artifact = this.#find(name, ids);
    if (artifact === undefined) return twirpError('not_found', 'no such artifact');
    this.artifacts.splice(this.artifacts.indexOf(artifact), 1);
    return { status: 200, value: { ok: true, artifact_id: String(artifact.id) } };
  }

  #find(name: string, { run }: JobIds): StoredArtifact | undefined {
    return this.artifacts.find((each) => each.name === name && each.ids.run === run);
  }

  #address({ id }: StoredArtifact): string {
    return `${this.storageUrl}/artifacts/${String(id)}.zip?sig=SIGNATURE`;
  }
}

/** @see https://twitchtv.github.io/twirp/docs/spec_v7.html#error-codes */
const statuses = {
  invalid_argument: 400,
  permission_denied: 403,
  not_found: 404,
  bad_route: 404,
  already_exists: 409,
} as const;

export function twirpError(code: keyof typeof statuses, msg: string): TwirpAnswer {
  return { status: statuses[code], value: { code, msg } };
}
