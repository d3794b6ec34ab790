// Requests to the API of this origin, with the session of this browser.

/** What the API refuses: its detail is for people. */
export class Refused extends Error {
  constructor(problem, status) {
    super(sentence(problem?.detail ?? `The server answered ${status}.`));
    this.name = "Refused";
    this.status = status;
    this.code = String(problem?.type ?? "").split("/").pop();
    this.fields = problem?.errors ?? [];
  }
}

const sentence = (text) => {
  const whole = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(whole) ? whole : `${whole}.`;
};

/** How long a request may take, in milliseconds: signing waits for several services. */
const deadline = 30_000;

let csrfToken;

/**
 * The answer's JSON (null where it has none) and its headers.
 * Throws Refused, or an Error whose message says that the server was not reached.
 */
export async function call(method, path, body, headers = {}) {
  const options = { method, headers: { Accept: "application/json", ...headers }, signal: AbortSignal.timeout(deadline) };
  if (body !== undefined) {
    options.body = JSON.stringify(body);
    options.headers["Content-Type"] = "application/json";
  }
  if (method !== "GET" && document.body.dataset.viewer) options.headers["X-CSRF-Token"] = await token();
  let response;
  try {
    response = await fetch(path, options);
  } catch (error) {
    throw new Error(
      error.name === "TimeoutError" ? "The server did not answer in time. Try again." :
        "The server cannot be reached. Check the connection and try again.");
  }
  const text = await response.text();
  let value = null;
  try { value = text ? JSON.parse(text) : null; } catch { /* no JSON: nothing to show */ }
  if (!response.ok) {
    if (response.status === 401 || response.status === 403) csrfToken = undefined;
    throw new Refused(value, response.status);
  }
  return { value, headers: response.headers };
}

export const get = async (path) => (await call("GET", path)).value;
export const post = (path, body) => call("POST", path, body);
export const remove = (path) => call("DELETE", path);

/** What shows that a page of ours makes the request. */
async function token() {
  csrfToken ??= (await get("/v1/session")).csrf_token;
  return csrfToken;
}
