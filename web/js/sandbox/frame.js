// The sandboxed frame's only script. It runs in an opaque origin, does nothing but start one Worker, and hands it the
// port that leads to the engine. Code of a mock never runs here: a window could navigate or open connections that a
// content security policy does not cover.

/* global HARNESS */
const refuses = self.origin !== 'null' || parent === self;

if (refuses) {
  // Opened directly, this page would have the playground's own origin.
  document.documentElement.textContent = 'This page only works inside the playground.';
} else {
  addEventListener('message', start);
  parent.postMessage({ t: 'asl-sandbox-ready' }, '*');
}

/** Accepts one start message, from the parent alone, with exactly one port. */
function start(event) {
  const isStart = event.source === parent && event.data?.t === 'asl-sandbox-start' && event.ports.length === 1;
  if (!isStart) return;
  removeEventListener('message', start);
  try {
    startWorker(event.ports[0]);
  } catch {
    parent.postMessage({ t: 'asl-sandbox-unsupported' }, '*');
  }
}

/** A classic Worker: module Workers from `blob:` fail in Chromium inside an opaque origin. */
function startWorker(port) {
  const url = URL.createObjectURL(new Blob([HARNESS], { type: 'text/javascript' }));
  const worker = new Worker(url);
  worker.onerror = (event) => {
    event.preventDefault();
    parent.postMessage({ t: 'asl-sandbox-dead' }, '*');
  };
  worker.postMessage(0, [port]);
}
