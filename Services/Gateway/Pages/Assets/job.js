// A background calculation: how far it is, what came out, and a way to stop it.
import { get, remove, Refused } from "./api.js";
import { button, element, start, words } from "./ui.js";

/** Characters of a result that are shown; the whole is a link away. */
const shown = 20_000;
/** Milliseconds between two looks where events do not come. */
const interval = 3_000;

const isOver = (job) => ["done", "failed", "cancelled"].includes(job.state);

function draw(place, path, job, update) {
  const { done = 0, total = 0 } = job.progress ?? {};
  const percent = total > 0 ? Math.floor((100 * done) / total) : 0;
  const parts = [
    element("p", {}, element("span", { class: `state ${job.state}` }, job.state), ` ${job.kind}`),
    element("p", {},
      element("progress", { max: total || 1, value: isOver(job) && job.state === "done" ? total || 1 : done, "aria-label": "Progress" }),
      ` ${job.state === "done" ? 100 : percent} %, ${done} of ${total} parts`),
  ];
  const rest = job.progress?.remaining_seconds ?? job.progress?.estimate;
  if (!isOver(job) && rest !== undefined && rest !== null) parts.push(element("p", { class: "meta" }, `about ${Math.ceil(rest)} s to go`));
  if (job.error) parts.push(element("p", { class: "problem", role: "alert" }, words({ message: job.error.detail ?? String(job.error) })));
  if (job.result !== undefined && job.result !== null) {
    const text = JSON.stringify(job.result, null, 2);
    parts.push(element("pre", { class: "scrolls" }, element("code", {}, text.length > shown ? `${text.slice(0, shown)}\n…` : text)));
  }
  if (job.state === "done") parts.push(element("p", {}, element("a", { href: path }, "The whole job as JSON")));
  if (!isOver(job)) parts.push(button("Cancel", async () => { await remove(path); await update(); }, { class: "danger" }));
  place.replaceChildren(...parts);
}

start(() => {
  const place = document.querySelector("[data-job]");
  if (!place) return;
  const path = `/v1/jobs/${encodeURIComponent(place.dataset.job)}`;
  let events;
  let timer;
  let drawn;

  async function update() {
    clearTimeout(timer);
    try {
      const job = await get(path);
      const state = JSON.stringify(job);
      if (state !== drawn) draw(place, path, job, update);
      drawn = state;
      if (isOver(job)) {
        events?.close();
        return;
      }
    } catch (error) {
      drawn = undefined;
      place.replaceChildren(element("p", { class: "problem", role: "alert" }, words(error)));
      // Gone, or never there: nothing to wait for.
      if (error instanceof Refused && error.status < 500 && error.status !== 429) {
        events?.close();
        return;
      }
    }
    timer = setTimeout(update, interval);
  }

  update();
  events = new EventSource(`${path}/events`);
  for (const name of ["message", "progress", "state", "done", "failed", "cancelled"]) events.addEventListener(name, update);
});
