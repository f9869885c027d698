import type { Question } from './process.js';
import { type Releases, startReleases } from './server.js';

/** The process of startReleasesProcess. It ends with whoever started it. */
let double: Releases | null = null;

process.on('message', (question: Question) => {
  void answerTo(question).then((answer) => process.send?.(answer));
});
process.on('disconnect', () => process.exit());

async function answerTo(question: Question): Promise<unknown> {
  if (question.kind === 'start') {
    double = await startReleases(question.options);
    const { apiUrl, uploadUrl, objectsUrl, repository } = double;
    return { apiUrl, uploadUrl, objectsUrl, repository };
  }
  if (double === null) throw new Error('not started');
  switch (question.kind) {
    case 'contents':
      return double.contents();
    case 'requests':
      return double.requests;
    case 'changes':
      return double.changes;
    case 'fail':
      double.fail(question.fault);
      return null;
    case 'close':
      await double.close();
      setImmediate(() => process.disconnect());
      return null;
  }
}
