import type { Caller } from '../build/docker.js';
import type { ToolchainInstaller } from '../build/toolchain.js';
import type { GitHub } from '../gotify/github.js';
import type { ByteSource, Clock, Files, Reporter, Runner } from '../ports.js';

/** The effects of a build; the entries make the real ones. */
export interface BuildPorts {
  readonly runner: Runner;
  readonly files: Files;
  readonly reporter: Reporter;
  readonly clock: Clock;
  readonly github: GitHub;
  readonly installer: ToolchainInstaller;
  /** The folder of the shipped catalog, absolute. */
  readonly catalogDir: string;
  readonly caller: Caller;
  /** The machine's architecture as Node names it. */
  readonly arch: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  openBytes(path: string): ByteSource & { close(): void };
  /** Registers what has to happen when the run is interrupted. */
  onClose(cleanup: () => Promise<void>): void;
}
