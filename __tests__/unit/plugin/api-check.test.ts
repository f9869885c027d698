import { describe, expect, test } from '@jest/globals';
import { apiCheckFiles } from '../../../src/plugin/api-check.js';

describe('apiCheckFiles', () => {
  const places = { packageDirPlace: "/proj/cmd/d'été", pinPlace: '/pin' };

  test('lays one file of the pin over the main package', () => {
    const files = apiCheckFiles(places);
    expect(JSON.parse(files.overlayJson)).toEqual({
      Replace: { "/proj/cmd/d'été/gotify_plugin_build_api_check.go": '/pin/api_check.go' },
    });
    expect(files.fileName).toBe('api_check.go');
    expect(files.goFile).toContain('= GetGotifyPluginInfo\n');
    expect(files.goFile).toContain('= NewGotifyPluginInstance\n');
  });

  test('goes with what else is laid over files', () => {
    const overlaid = { '/replaced/0/go.mod': '/pin/replaced-0.mod' };
    expect(JSON.parse(apiCheckFiles({ ...places, overlaid }).overlayJson)).toEqual({
      Replace: { ...overlaid, "/proj/cmd/d'été/gotify_plugin_build_api_check.go": '/pin/api_check.go' },
    });
  });

  test("never lies over a file of the plugin's", () => {
    const taken = ['gotify_plugin_build_api_check.go', 'gotify_plugin_build_api_check2.go', 'plugin.go'];
    expect(apiCheckFiles({ ...places, taken }).seemingName).toBe('gotify_plugin_build_api_check3.go');
  });

  test('its name is part of every build: no test, no system, no architecture', () => {
    const { seemingName } = apiCheckFiles(places);
    expect(seemingName).not.toMatch(/_(?:test|linux|amd64|arm|arm64|386|riscv64|cgo|unix)\.go$/);
    expect(seemingName).toMatch(/^[a-z]/);
  });
});
