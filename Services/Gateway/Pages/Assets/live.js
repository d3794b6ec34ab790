// Follows the events of bounties while a page is looked at.

/** Milliseconds between two looks, however many events there are. */
const interval = 2_000;

const names = [
  "proposed", "changed", "moved", "signed", "awarded", "divided", "share-waiting", "share-ordered", "settled", "share-paid", "paid",
  "expired", "cancelled",
].map((name) => `bursar.bounty.${name}.v1`);

/**
 * Calls `look` soon after an event, and when the page is come back to. `query` narrows the events.
 * Hidden pages let go of their connection: browsers have six of them for all pages of a site.
 */
export function follow(query, look) {
  if (!("EventSource" in window)) return;
  let events;
  let waiting;
  let last = Date.now();

  function soon() {
    waiting ??= setTimeout(async () => {
      waiting = undefined;
      last = Date.now();
      try { await look(); } catch { /* the next event comes */ }
    }, Math.max(0, interval - (Date.now() - last)));
  }

  function open() {
    if (events || document.hidden) return;
    events = new EventSource(`/v1/events${query}`);
    for (const name of [...names, "reset"]) events.addEventListener(name, soon);
  }

  function close() {
    events?.close();
    events = undefined;
    clearTimeout(waiting);
    waiting = undefined;
  }

  document.addEventListener("visibilitychange", () => {
    if (document.hidden) { close(); } else { open(); soon(); }
  });
  addEventListener("pagehide", close);
  addEventListener("pageshow", (event) => { if (event.persisted) { open(); soon(); } });
  // The page itself first: it is what people came for.
  if (document.readyState === "complete") open(); else addEventListener("load", open, { once: true });
}
