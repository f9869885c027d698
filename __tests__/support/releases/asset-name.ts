/**
 * The name that GitHub gives to an uploaded file: runs of characters that are not allowed become one dot, dots at the
 * ends go, and a name of which only an ending is left gets one.
 *
 * @see https://docs.github.com/en/rest/releases/assets#upload-a-release-asset ("GitHub renames asset filenames")
 * @see https://github.com/actions/upload-release-asset/issues/57 (parentheses become dots)
 * @see https://github.com/github/rest-api-description/issues/2968 (a plus stays)
 */
export function assetName(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '');
  const named = plain.startsWith('.') ? `default${plain}` : plain;
  const short = named
    .replace(/[^A-Za-z0-9_+@-]+/g, '.')
    .replace(/\.{2,}/g, '.')
    .replace(/^\.|\.$/g, '');
  return short !== name && !short.includes('.') ? `default.${short}` : short;
}
