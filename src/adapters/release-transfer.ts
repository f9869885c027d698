import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Asset, Content, Release, Write } from '../publish/release-api.js';
import { strangeAnswer } from './release-errors.js';
import { uploadMs } from '../publish/upload-time.js';
import { datedIn, type Call, type Dated, type Send } from './release-http.js';
import { fileFailure, type Source } from './release-upload.js';

/** What is read into memory is small: our own texts. */
const mostBytes = 16 * 2 ** 20;

/** Moves the bytes of assets. Files are streamed, so that their size does not matter. */
export interface Transfer {
  /** Gives the API's answer. */
  upload(to: Release, name: string, content: Content): Promise<Write<Dated>>;
  /** Gives the API's answer. */
  copy(asset: Asset, to: Release, name: string): Promise<Write<Dated>>;
  /** False: it is gone. */
  save(asset: Asset, path: string): Promise<boolean>;
  /** Null: it is gone. */
  read(asset: Asset): Promise<Uint8Array | null>;
  /** Null: it is gone. */
  sha256(asset: Asset): Promise<string | null>;
}

/** @param assetUrl the address of an asset, by its id */
export function transferOver(send: Send, assetUrl: (id: number) => string): Transfer {
  const download = async <T>(asset: Asset, read: (body: Readable) => Promise<T>): Promise<T | null> => {
    const call: Call = {
      method: 'GET',
      url: assetUrl(asset.id),
      accept: 'application/octet-stream',
      timeoutMs: uploadMs(asset.size),
    };
    const outcome = await send(call, async (response) => {
      if (response.body === null) throw strangeAnswer(response.url, 'it has no body');
      return read(Readable.fromWeb(response.body));
    });
    return outcome.kind === 'done' ? outcome.value : null;
  };
  const upload: Transfer['upload'] = async ({ uploadUrl }, name, content) => {
    const source = await sourceOf(content);
    const call: Call = {
      method: 'POST',
      url: `${uploadUrl}?name=${encodeURIComponent(name)}`,
      source,
      contentType: contentTypeOf(name),
      timeoutMs: uploadMs(source.kind === 'file' ? source.size : source.bytes.length),
      repeat: 'limits',
      ...(content.kind === 'file' ? { file: content.path } : {}),
    };
    return send(call, datedIn);
  };
  const save: Transfer['save'] = async (asset, path) => {
    const saved = await download(asset, async (body) => {
      await pipeline(body, createWriteStream(path));
      return true;
    });
    return saved === true;
  };
  return {
    upload,
    save,
    copy: async (asset, to, name) => {
      const dir = await mkdtemp(join(tmpdir(), 'gotify-plugin-asset-'));
      const path = join(dir, 'asset');
      try {
        return (await save(asset, path)) ? await upload(to, name, { kind: 'file', path }) : { kind: 'gone' };
      } finally {
        await rm(dir, { recursive: true, force: true });
      }
    },
    read: (asset) => download(asset, (body) => bytesOf(body, asset)),
    sha256: (asset) =>
      download(asset, async (body) => {
        const hash = createHash('sha256');
        await pipeline(body, hash);
        return hash.digest('hex');
      }),
  };
}

async function sourceOf(content: Content): Promise<Source> {
  if (content.kind === 'bytes') return content;
  try {
    return { ...content, size: (await stat(content.path)).size };
  } catch (cause) {
    throw fileFailure(content.path, cause instanceof Error ? cause.message : String(cause), cause);
  }
}

async function bytesOf(body: Readable, { name }: Asset): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    if (!(chunk instanceof Uint8Array)) throw strangeAnswer(name, 'its body is not bytes');
    size += chunk.length;
    if (size > mostBytes) throw strangeAnswer(name, `it has more than ${String(mostBytes)} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function contentTypeOf(name: string): string {
  if (name.includes('.json')) return 'application/json';
  return name.includes('.txt') ? 'text/plain; charset=utf-8' : 'application/octet-stream';
}
