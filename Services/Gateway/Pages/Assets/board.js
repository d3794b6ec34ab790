// Keeps the list of bounties as it is now, while nobody reads an older page.
import { fetchPage } from "./ui.js";

/** Milliseconds between two looks, however many events there are. */
const interval = 2_000;

let list = document.getElementById("list");
let waiting;
let last = 0;

async function update() {
  waiting = undefined;
  last = Date.now();
  // Somebody who has moved into the list would lose their place; the next event comes.
  if (document.hidden || list.contains(document.activeElement)) return;
  try {
    const next = (await fetchPage()).getElementById("list");
    if (next && next.innerHTML !== list.innerHTML) {
      list.replaceWith(next);
      list = next;
    }
  } catch { /* the next event comes */ }
}

function soon() {
  waiting ??= setTimeout(update, Math.max(0, interval - (Date.now() - last)));
}

if (list && "EventSource" in window && !new URLSearchParams(location.search).has("cursor")) {
  const names = ["proposed", "changed", "moved", "signed", "awarded", "divided", "settled", "paid", "expired", "cancelled"];
  const open = () => {
    const events = new EventSource("/v1/events");
    for (const name of names) events.addEventListener(`bursar.bounty.${name}.v1`, soon);
    // What came in between is looked at once.
    events.addEventListener("reset", soon);
    addEventListener("pagehide", () => events.close(), { once: true });
  };
  // The page itself first: it is what people came for.
  if (document.readyState === "complete") open(); else addEventListener("load", open, { once: true });
  addEventListener("pageshow", (event) => { if (event.persisted) { open(); soon(); } });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) soon(); });
}

// A choice is made by choosing; the button remains for the search field, and where there is no script.
for (const select of document.querySelectorAll("form.search select")) {
  select.addEventListener("change", () => select.form.requestSubmit());
}
// Parameters that say nothing are left out of the address.
document.querySelector("form.search")?.addEventListener("submit", (event) => {
  for (const control of event.target.elements) {
    if (control.name && (control.value === "" || (control.name === "state" && control.value === "open"))) control.disabled = true;
  }
});
addEventListener("pageshow", () => {
  for (const control of document.querySelector("form.search")?.elements ?? []) control.disabled = false;
});
