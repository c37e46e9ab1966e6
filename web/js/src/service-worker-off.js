// `sw.js` of a deploy that takes the offline playground back: it removes what earlier deploys have kept, and then itself.

addEventListener('install', () => skipWaiting());
addEventListener('activate', (event) => event.waitUntil(leave()));

async function leave() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith('asl-playground-')).map((name) => caches.delete(name)));
  await registration.unregister();
}
