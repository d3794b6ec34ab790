// Answers without loading the whole page; the address stays one that can be shared.
import { fetchPage, showProblem, clearProblem } from "./ui.js";

const form = document.querySelector("[data-calculator]");
let turn = 0;

async function calculate(address, isNew) {
  const mine = ++turn;
  const place = document.getElementById("result");
  place.setAttribute("aria-busy", "true");
  clearProblem(place);
  try {
    const page = await fetchPage(address);
    if (mine !== turn) return;
    place.replaceChildren(...page.getElementById("result").childNodes);
    if (isNew) history.pushState(null, "", address);
  } catch (error) {
    if (mine === turn) showProblem(place, error);
  } finally {
    if (mine === turn) place.removeAttribute("aria-busy");
  }
}

form?.addEventListener("submit", (event) => {
  event.preventDefault();
  calculate(`${form.action.split("?")[0]}?${new URLSearchParams(new FormData(form))}`, true);
});

addEventListener("popstate", () => location.reload());
