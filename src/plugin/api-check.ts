import { pluginApi } from './check.js';

/** A Go file that is compiled with the plugin's main package, without being in its folder. */
export interface ApiCheckFiles {
  /** What to write to overlay.json in the pin's folder: the argument of `go build -overlay`. */
  readonly overlayJson: string;
  /** What to call the Go file in the pin's folder. */
  readonly fileName: string;
  readonly goFile: string;
  /** The name that the Go file seems to have in the package's folder, and in Go's messages. */
  readonly seemingName: string;
}

/** Ends in no GOOS, GOARCH or `_test`, so that it is part of every build. */
const stem = 'gotify_plugin_build_api_check';

/**
 * The files that have the compiler check what the server looks up in a plugin (gotify/server plugin/compat/wrap.go):
 * without this a missing function or a wrong signature shows only when the server starts.
 *
 * The check is in a function without a name: it is type-checked but never compiled, so that the plugin is the same,
 * bit for bit but for the build IDs, with it and without it.
 *
 * @param request.packageDirPlace the main package's folder as the go command sees it
 * @param request.pinPlace the pin's folder as the go command sees it
 * @param request.taken names of the files in the package's folder
 * @param request.overlaid what else is laid over files, path -> path, both as the go command sees them
 */
export function apiCheckFiles(request: {
  readonly packageDirPlace: string;
  readonly pinPlace: string;
  readonly taken?: readonly string[];
  readonly overlaid?: Readonly<Record<string, string>>;
}): ApiCheckFiles {
  const fileName = 'api_check.go';
  const seemingName = freeName(request.taken ?? []);
  const own = { [`${request.packageDirPlace}/${seemingName}`]: `${request.pinPlace}/${fileName}` };
  return { overlayJson: overlayText({ ...request.overlaid, ...own }), fileName, goFile, seemingName };
}

/** The argument of go's `-overlay`: path -> path of the file that stands in for it. */
export function overlayText(overlaid: Readonly<Record<string, string>>): string {
  return `${JSON.stringify({ Replace: overlaid }, null, 2)}\n`;
}

function freeName(taken: readonly string[]): string {
  let name = `${stem}.go`;
  for (let n = 2; taken.includes(name); n++) name = `${stem}${String(n)}.go`;
  return name;
}

const goFile = `// Written by gotify-plugin-build: what a gotify server looks up in a plugin.
package main

import gotifyPluginBuildApi "${pluginApi}"

func _() {
	var _ func() gotifyPluginBuildApi.Info = GetGotifyPluginInfo
	var _ func(gotifyPluginBuildApi.UserContext) gotifyPluginBuildApi.Plugin = NewGotifyPluginInstance
}
`;
