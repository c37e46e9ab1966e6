// The page's side of the engine Worker: loads the engine's wasm, starts the Worker, carries bytes both ways.

import { openSandbox } from './sandbox.js';

/**
 * Starts an engine. `urls` are those of the Worker's script, of the wasm-bindgen glue, of the wasm, and of the sandbox
 * page. See `host.d.ts` for the rest.
 */
export function startEngine(urls, onReply, onFailure) {
  const worker = new Worker(urls.worker, { type: 'module', name: 'engine' });
  const sandboxes = new Map();
  let ended = false;

  const terminate = () => {
    ended = true;
    worker.terminate();
    for (const close of sandboxes.values()) close();
    sandboxes.clear();
  };
  const fail = (reason) => {
    if (ended) return;
    terminate();
    onFailure(reason);
  };
  worker.onmessage = ({ data }) => {
    if (data instanceof Uint8Array) onReply(data);
    else fail(`The engine stopped: ${data.crash}`);
  };
  worker.onerror = (event) => {
    event.preventDefault();
    fail('The engine could not be started: this browser may be too old for module Workers.');
  };
  compile(urls.wasm).then(
    (module) => worker.postMessage({ glue: urls.glue, module }),
    (error) => fail(`The engine could not be loaded: ${error.message}`),
  );

  return {
    send: (request) => worker.postMessage(request, [request.buffer]),
    openSandbox(sandbox, onUnsupported) {
      const onPort = (port) => worker.postMessage({ sandbox, port }, [port]);
      sandboxes.set(sandbox, openSandbox(urls.sandbox, onPort, onUnsupported));
    },
    closeSandbox(sandbox) {
      sandboxes.get(sandbox)?.();
      sandboxes.delete(sandbox);
    },
    terminate,
  };
}

/** Compiles while it downloads; servers that name another media type than `application/wasm` cost one more step. */
async function compile(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`the server answered ${response.status}`);
  if (response.headers.get('content-type')?.startsWith('application/wasm')) {
    return WebAssembly.compileStreaming(response);
  }
  return WebAssembly.compile(await response.arrayBuffer());
}
