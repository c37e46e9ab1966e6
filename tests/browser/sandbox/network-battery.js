// Runs in a Worker as the harness does, but with every capability still there: what keeps a mock from the network must
// hold even where the harness failed. Tries each way out there is and posts when it is done. `HOST` is replaced.

const HOST = '{HOST}';
const ways = {
  fetch: () => fetch(`${HOST}/leak?fetch`),
  'fetch without CORS': () => fetch(`${HOST}/leak?no-cors`, { mode: 'no-cors' }),
  'fetch that outlives the page': () => fetch(`${HOST}/leak?keepalive`, { method: 'POST', mode: 'no-cors', keepalive: true }),
  XMLHttpRequest: () => request(true),
  'synchronous XMLHttpRequest': () => request(false),
  WebSocket: () => opened(new WebSocket(`${HOST.replace('http', 'ws')}/leak?websocket`)),
  EventSource: () => opened(new EventSource(`${HOST}/leak?eventsource`)),
  importScripts: () => importScripts(`${HOST}/leak?importscripts`),
  'import()': () => import(`${HOST}/leak?import`),
  'font': () => new FontFace('x', `url(${HOST}/leak?font)`).load(),
  'nested Worker': () => opened(new Worker(`${HOST}/leak?worker`)),
  'nested Worker that fetches': () => nested(`fetch('${HOST}/leak?nested', { mode: 'no-cors' })`),
  'nested Worker that imports': () => nested(`importScripts('${HOST}/leak?nestedimport')`),
  navigation: () => (self.location = `${HOST}/leak?location`),
};

function request(isAsync) {
  const request = new XMLHttpRequest();
  request.open('GET', `${HOST}/leak?xhr${isAsync}`, isAsync);
  request.send();
}

const opened = (source) =>
  new Promise((done, fail) => {
    source.onopen = source.onmessage = done;
    source.onerror = fail;
  });

function nested(code) {
  const url = URL.createObjectURL(new Blob([`${code}; postMessage(0)`], { type: 'text/javascript' }));
  return opened(new Worker(url));
}

const patience = (promise) => Promise.race([promise, new Promise((done) => setTimeout(done, 400))]);

onmessage = async ({ ports: [port] }) => {
  for (const way of Object.values(ways)) {
    try {
      await patience(way());
    } catch {
      // Refused: the server's count says whether anything got out.
    }
  }
  port.postMessage('done');
};
