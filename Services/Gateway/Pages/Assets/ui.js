// Small parts that pages are made of in the browser. Text goes in as text, never as HTML.

/** An element: `element("p", { class: "meta" }, "text", child)`. A function as value of `on…` listens. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value === true) made.setAttribute(key, "");
    else made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== undefined && child !== null));
  return made;
}

/** A button that cannot be pressed again while its work goes on; what goes wrong is shown under it. */
export function button(label, work, attributes = {}) {
  const made = element("button", { type: "button", ...attributes }, label);
  made.addEventListener("click", async () => {
    if (made.getAttribute("aria-busy") === "true") return;
    clearProblem(made);
    made.setAttribute("aria-busy", "true");
    made.setAttribute("aria-disabled", "true");
    try {
      await work();
    } catch (error) {
      showProblem(made, error);
    } finally {
      made.removeAttribute("aria-busy");
      made.removeAttribute("aria-disabled");
    }
  });
  return made;
}

/** Shows in words what went wrong, after the element. */
export function showProblem(after, error) {
  clearProblem(after);
  if (!after.isConnected) return;
  const said = element("p", { class: "problem", role: "alert" }, words(error));
  if (error?.status === 401) {
    const address = `/login/github?return_to=${encodeURIComponent(location.pathname + location.search)}`;
    said.append(" ", element("a", { href: address }, "Sign in"));
  }
  after.insertAdjacentElement("afterend", said);
}

export function clearProblem(after) {
  const next = after.nextElementSibling;
  if (next?.classList.contains("problem")) next.remove();
}

export function words(error) {
  // Wallets throw objects of their own. 4001 is "the user said no" (EIP-1193); Solana's and Cosmos' say it in words.
  const text = typeof error === "string" ? error : error?.message;
  const isWallets = error?.name !== "Refused";
  if (isWallets && (error?.code === 4001 || /\b(user|request) (rejected|declined|denied|cancel)/i.test(text ?? ""))) {
    return "You declined in the wallet. Nothing was signed.";
  }
  return text || "Something went wrong. Try again.";
}

/** A field with its label. */
export function field(label, control) {
  control.id ||= `field-${Math.random().toString(36).slice(2, 10)}`;
  return element("p", { class: "field" }, element("label", { for: control.id }, label), control);
}

/** Says something at the edge of the page, also to screen readers. */
export function notice(text) {
  const place = document.getElementById("notices");
  const made = element("p", {}, text);
  place.replaceChildren(made);
  setTimeout(() => made.remove(), 8_000);
}

/** Where the parts of a page that scripts made are made anew. */
const starts = [];

/** Runs now, and whenever the page's content was read anew. */
export function start(work) {
  starts.push(work);
  work();
}

/** The page as it is now on the server. `headers` may ask for a version that it must show. */
export async function fetchPage(address = location.href, headers = {}) {
  const response = await fetch(address, { headers: { Accept: "text/html", ...headers }, signal: AbortSignal.timeout(15_000) });
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  if (!response.ok || !page.getElementById("main")) {
    throw new Error(page.querySelector("#main .lead")?.textContent || "The page cannot be read. Try again.");
  }
  return page;
}

/** Puts the page's content in place of what is shown. */
export async function refresh(headers = {}) {
  const page = await fetchPage(location.href, headers);
  document.getElementById("main").replaceChildren(...page.getElementById("main").childNodes);
  for (const work of starts) work();
}

/** A time in the future, in words. */
export function moment(text) {
  return new Date(text).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
}
