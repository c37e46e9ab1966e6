// The page's side of the mock sandbox: opens the sealed frame, checks who answers, and hands one end of a channel to the
// engine. Nothing here reads what mocks say; that goes straight to the engine Worker.

/** A browser that stays silent this long cannot run the frame (or a host strips frames). */
const SILENCE_MS = 4000;

/**
 * Opens a sandbox. `onPort` gets the engine's end of the channel; `onUnsupported` a sentence where it cannot work.
 * Returns a function that removes the frame, its Worker, and everything that still runs inside.
 */
export function openSandbox(url, onPort, onUnsupported) {
  const frame = createFrame(url);
  const fail = (reason) => {
    close();
    onUnsupported(reason);
  };
  const silence = setTimeout(() => fail('The sandbox for JavaScript mocks did not start.'), SILENCE_MS);
  let wasReady = false;

  function receive(event) {
    if (event.source !== frame.contentWindow || event.origin !== 'null') return;
    if (event.data?.t === 'asl-sandbox-ready' && !wasReady) {
      wasReady = true;
      clearTimeout(silence);
      onPort(handOver(frame.contentWindow));
    } else if (event.data?.t === 'asl-sandbox-unsupported' || event.data?.t === 'asl-sandbox-dead') {
      fail('This browser cannot run JavaScript mocks in a sandbox.');
    }
  }
  function close() {
    clearTimeout(silence);
    removeEventListener('message', receive);
    frame.remove();
  }

  addEventListener('message', receive);
  document.body.append(frame);
  return close;
}

/** The attributes are the fence: never add `allow-same-origin` or anything else to `sandbox`, never use `srcdoc`. */
function createFrame(url) {
  const frame = document.createElement('iframe');
  frame.setAttribute('sandbox', 'allow-scripts');
  frame.setAttribute('allow', '');
  frame.setAttribute('referrerpolicy', 'no-referrer');
  frame.setAttribute('title', 'sealed script runner');
  frame.setAttribute('aria-hidden', 'true');
  frame.tabIndex = -1;
  frame.hidden = true;
  frame.src = url;
  return frame;
}

/** An opaque origin cannot be named as a target; nothing secret is in the message. */
function handOver(target) {
  const { port1, port2 } = new MessageChannel();
  target.postMessage({ t: 'asl-sandbox-start' }, '*', [port2]);
  return port1;
}
