// Starts the page: loads editor and wasm side by side, and gives the wasm what it needs of JavaScript. The engine is
// fetched when the page asks for it, which is after its own wasm has arrived. `embed.html` starts here too.

import { startEngine } from './engine.js';
import { installOffline } from './offline.js';
import { filesDesk } from './files.js';

const files = document.querySelector('script[data-page-glue]').dataset;
const isEmbedded = 'embed' in document.documentElement.dataset;
const url = (path) => new URL(path, document.baseURI).href;

async function boot() {
  const [editor, page] = await Promise.all([hasEditor() ? import(url(files.editor)) : {}, import(url(files.pageGlue))]);
  globalThis.aslPlayground = {
    createEditor: editor.createEditor,
    askFiles: filesDesk(filesUrls()),
    fetchGist: (path) => import('./gist.js').then(({ fetchGist }) => fetchGist(path)),
    startEngine: (onReply, onFailure) => startEngine(engineUrls(), onReply, onFailure),
  };
  await page.default({ module_or_path: url(files.pageWasm) });
  if (!isEmbedded) installOffline(files.offline && url(files.offline));
}

/** Some embedded pages show no code. */
function hasEditor() {
  const view = new URLSearchParams(location.search).get('view');
  return !isEmbedded || !['diagram', 'log', 'run'].includes(view);
}

const engineUrls = () => ({
  worker: url(files.worker),
  glue: url(files.engineGlue),
  wasm: url(files.engineWasm),
  sandbox: url(files.sandbox),
});

const filesUrls = () => ({ worker: url(files.filesWorker), glue: url(files.filesGlue), wasm: url(files.filesWasm) });

boot().catch((error) => {
  const message = document.createElement('p');
  message.setAttribute('role', 'alert');
  message.className = 'boot-error';
  message.textContent =
    `The playground could not start (${error.message}). It needs WebAssembly and JavaScript modules: ` +
    'reload the page, or try a current browser.';
  document.body.prepend(message);
  if (isEmbedded) parent.postMessage({ type: 'asl-playground:error', message: error.message }, '*');
});
