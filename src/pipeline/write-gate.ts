import { stopped } from '../build/stopped.js';
import { writeAll, type NewText } from '../cap/write.js';
import type { BuildPorts } from './ports.js';

/** Writes unless a signal came; a signal that comes now waits until all files are there. */
export class WriteGate {
  private interrupted = false;
  private writing: Promise<void> = Promise.resolve();

  constructor(private readonly ports: Pick<BuildPorts, 'files' | 'onClose'>) {
    ports.onClose(async () => {
      this.interrupted = true;
      await this.writing.catch(() => undefined);
    });
  }

  async write(texts: readonly NewText[]): Promise<void> {
    if (this.interrupted) throw stopped();
    this.writing = writeAll(texts, this.ports.files);
    await this.writing;
  }
}
