// Monaco checks and completes in workers. Vite turns each of these imports into a file of its own, so that they
// load from this server and run under the same policy as the page.
import EditorWorker from 'monaco-editor/esm/vs/editor/editor.worker.js?worker';
import JsonWorker from 'monaco-editor/esm/vs/language/json/json.worker.js?worker';
import GraphQLWorker from 'monaco-graphql/esm/graphql.worker.js?worker';

Object.assign(globalThis, { MonacoEnvironment: { getWorker: startWorker } });

function startWorker(_id: string, label: string) {
  if (label === 'json') return new JsonWorker();
  return label === 'graphql' ? new GraphQLWorker() : new EditorWorker();
}
