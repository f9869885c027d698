import { Failure } from '../errors.js';
import type { Published, PublishRequest, PartRequest, Waiting } from './request.js';
import type { ReleaseApi } from './release-api.js';

/** For a job that owns the release. */
export async function publishRelease(request: PublishRequest, api: ReleaseApi): Promise<Published> {
  return Promise.reject(unfinished(request.tag, api));
}

/** For one of several jobs that share the release. */
export async function publishPart(request: PartRequest, api: ReleaseApi): Promise<Published | Waiting> {
  return Promise.reject(unfinished(request.tag, api));
}

function unfinished(tag: string, _api: ReleaseApi): Failure {
  return new Failure('surroundings', { code: 'unfinished', what: tag, remedy: 'Wait.' });
}
