// Makes the playground work without network after the first visit, by the service worker that the build puts beside the
// page. A deploy without one names none, and the page then leaves things as they are.

export function installOffline(url) {
  if (url === undefined || !isSecureContext || navigator.serviceWorker === undefined) return;
  const register = () => {
    // A browser that keeps nothing (a private window) refuses; the page works as before.
    navigator.serviceWorker.register(url, { updateViaCache: 'none' }).catch(() => {});
  };
  // Not while the page still loads: what it fetches now comes first.
  if (document.readyState === 'complete') register();
  else addEventListener('load', register, { once: true });
}
