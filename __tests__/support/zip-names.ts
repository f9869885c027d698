import { fromBuffer } from 'yauzl';

/** The names of all entries of a zip file, sorted. */
export function zipNames(bytes: Uint8Array): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    fromBuffer(Buffer.from(bytes), { lazyEntries: false }, (error, file) => {
      if (error !== null) {
        reject(error);
        return;
      }
      const names: string[] = [];
      file.on('entry', ({ fileName }: { readonly fileName: string }) => names.push(fileName));
      file.once('error', reject);
      file.once('end', () => resolve(names.sort()));
    });
  });
}
