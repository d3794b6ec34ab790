// A background calculation: how far it is, what came out, and a way to stop it.
import { get, remove, Refused } from "./api.js";
import { button, element, start, words } from "./ui.js";

/** Bytes of a result that are shown; the whole is a link away. */
const shown = 64 * 1024;
/** Milliseconds between two looks while events do not come. */
const interval = 5_000;

const isOver = (job) => ["done", "failed", "cancelled"].includes(job.state);

/** The result as text: the beginning of it where it is long. */
async function preview(path) {
  const response = await fetch(path, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error("The result cannot be read. Reload the page in a moment.");
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return JSON.stringify(JSON.parse(text + decoder.decode()).result, null, 2);
    text += decoder.decode(value, { stream: true });
    size += value.byteLength;
    if (size > shown) {
      reader.cancel();
      return `${text}\n…`;
    }
  }
}

function draw(place, path, job, cancelled) {
  const { done = 0, total = 0, percent = 0, remaining_seconds: rest } = job.progress ?? {};
  const parts = [
    element("p", {}, element("span", { class: `state ${job.state}` }, job.state), ` ${job.kind}`),
    element("p", {}, element("progress", { max: 100, value: job.state === "done" ? 100 : percent, "aria-label": "Progress" }),
      ` ${job.state === "done" ? 100 : Math.floor(percent)} %, ${done} of ${total}`),
  ];
  if (!isOver(job) && rest !== undefined) parts.push(element("p", { class: "meta" }, `about ${rest} s to go`));
  if (job.error) parts.push(element("p", { class: "problem", role: "alert" }, words({ message: job.error.detail })));
  if (job.state === "done") {
    const result = element("code", {}, "Reading the result…");
    parts.push(element("pre", { class: "scrolls" }, result), element("p", {}, element("a", { href: path }, "The whole job as JSON")));
    preview(path).then((text) => { result.textContent = text; }, (error) => { result.textContent = words(error); });
  }
  if (!isOver(job)) parts.push(button("Cancel", async () => { await remove(path); await cancelled(); }, { class: "danger" }));
  place.replaceChildren(...parts);
}

start(() => {
  const place = document.querySelector("[data-job]");
  if (!place) return;
  const path = `/v1/jobs/${encodeURIComponent(place.dataset.job)}`;
  let events;
  let timer;
  let drawn;

  function show(job) {
    const state = JSON.stringify(job);
    if (state !== drawn) draw(place, path, job, look);
    drawn = state;
    if (isOver(job)) end();
  }

  function end() {
    clearInterval(timer);
    events?.close();
  }

  async function look() {
    try {
      show(await get(`${path}?result=false`));
    } catch (error) {
      drawn = undefined;
      place.replaceChildren(element("p", { class: "problem", role: "alert" }, words(error)));
      // Gone, or never there: nothing to wait for.
      if (error instanceof Refused && error.status < 500 && error.status !== 429) end();
    }
  }

  events = new EventSource(`${path}/events`);
  for (const name of ["progress", "done", "failed", "cancelled"]) {
    events.addEventListener(name, (event) => show(JSON.parse(event.data)));
  }
  // Also where events do not come, as behind a proxy that holds them back.
  timer = setInterval(look, interval);
  look();
});
