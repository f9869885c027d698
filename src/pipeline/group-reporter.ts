import type { Reporter } from '../ports.js';

/** Among several groups a task needs the version of its own. */
export function namingReporter(reporter: Reporter, version: string): Reporter {
  return { ...bound(reporter), task: (title) => reporter.task(`${title} for gotify ${version}`) };
}

/** What several groups, plugins or servers have to warn of in the same words is said once. */
export function warningOnce(reporter: Reporter): Reporter {
  const said = new Set<string>();
  return {
    ...bound(reporter),
    warn: (text, where) => {
      const key = JSON.stringify([text, where]);
      if (said.has(key)) return;
      said.add(key);
      reporter.warn(text, where);
    },
  };
}

function bound(reporter: Reporter): Reporter {
  return {
    note: (text) => reporter.note(text),
    warn: (text, where) => reporter.warn(text, where),
    detail: (text) => reporter.detail(text),
    task: (title) => reporter.task(title),
  };
}
