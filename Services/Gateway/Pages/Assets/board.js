// Keeps the list of bounties as it is now, while nobody reads an older page; and makes the search form quicker to use.
import { follow } from "./live.js";
import { fetchPage } from "./ui.js";

if (!new URLSearchParams(location.search).has("cursor")) {
  follow("", async () => {
    const list = document.getElementById("list");
    // Somebody who has moved into the list would lose their place; the next event comes.
    if (!list || list.contains(document.activeElement)) return;
    const next = (await fetchPage()).getElementById("list");
    if (next && next.innerHTML !== list.innerHTML) list.replaceWith(next);
  });
}

const form = document.querySelector("form.search");

// A choice is made by choosing; the button remains for the search field, and where there is no script.
for (const select of form?.querySelectorAll("select") ?? []) {
  select.addEventListener("change", () => form.requestSubmit());
}
// Parameters that say nothing are left out of the address.
form?.addEventListener("submit", () => {
  for (const control of form.elements) {
    if (control.name && (control.value === "" || (control.name === "state" && control.value === "open"))) control.disabled = true;
  }
});
addEventListener("pageshow", () => { for (const control of form?.elements ?? []) control.disabled = false; });
