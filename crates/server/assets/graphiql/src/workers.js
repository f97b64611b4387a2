// The editor's workers lie beside this script, so that they share its address, and with it its place in the cache.

const FILES = { graphql: 'graphql.worker.js', json: 'json.worker.js' };

globalThis.MonacoEnvironment = {
  getWorker: (_id, label) =>
    new Worker(new URL(FILES[label] ?? 'editor.worker.js', import.meta.url), { type: 'module' }),
};
