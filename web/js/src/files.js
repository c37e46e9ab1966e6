// The page's side of the files Worker: started with the first question, given up when it does not answer.

/** How long an answer may take. What is read is bounded, so only a defect takes longer. */
const PATIENCE_MS = 15_000;

/**
 * Returns the function that asks: bytes of a question in, a promise of the bytes of the reply out. `urls` are those of
 * the Worker's script, of the wasm-bindgen glue and of the wasm. See `host.d.ts` for the rest.
 */
export function filesDesk(urls) {
  let desk = null;

  const open = () => {
    const worker = new Worker(urls.worker, { type: 'module', name: 'files' });
    const opened = { worker, waiting: new Map(), asked: 0, fail };
    function fail(reason) {
      if (desk === opened) desk = null;
      worker.terminate();
      for (const { reject } of opened.waiting.values()) reject(new Error(reason));
      opened.waiting.clear();
    }
    worker.onmessage = ({ data: { id, reply, crash } }) => {
      if (crash) return fail(crash);
      opened.waiting.get(id)?.resolve(reply);
      opened.waiting.delete(id);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      fail('Its program could not be loaded: this browser may be offline.');
    };
    worker.postMessage({ glue: urls.glue, wasm: urls.wasm });
    return opened;
  };

  return (request) =>
    new Promise((resolve, reject) => {
      desk ??= open();
      const { worker, waiting, fail } = desk;
      const id = (desk.asked += 1);
      const timer = setTimeout(() => fail('It took too long.'), PATIENCE_MS);
      const settle = (then) => (value) => {
        clearTimeout(timer);
        then(value);
      };
      waiting.set(id, { resolve: settle(resolve), reject: settle(reject) });
      worker.postMessage({ id, request }, [request.buffer]);
    });
}
