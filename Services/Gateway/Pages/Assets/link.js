// The page of one's own wallets: link, change, unlink, stop a change.
import { post, remove } from "./api.js";
import { button, element, field, moment, refresh, start } from "./ui.js";
import { textToSign, waysToSign } from "./signature.js";
import { addressOf, hints, wallets, whenFound } from "./wallets.js";

const chainNames = {
  "solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp": "Solana",
  "solana:EtWTRABZaYq6iMfeYKouRu166VU2xqa1": "Solana devnet",
  "solana:4uhcVJyU9pJkvQyS88uRDiswHSCCkY3z": "Solana testnet",
  "eip155:1": "Ethereum",
  "cosmos:cosmoshub-4": "Cosmos Hub",
};

/** What happened, with its receipt, over the cards. */
async function show(text, link) {
  await refresh();
  const receipt = element("div", { class: "success", role: "status", tabindex: "-1" },
    element("p", {}, text),
    element("p", { class: "meta" }, "Receipt: ", element("code", {}, link.id), ` (${link.state}`,
      link.revoked_at ? `, ${moment(link.revoked_at)})` : ")"));
  const page = document.querySelector("[data-link-page]");
  const back = page?.dataset.returnTo;
  if (back && link.state === "active") receipt.append(element("p", {}, element("a", { class: "button", href: back }, "Go on")));
  page?.before(receipt);
  receipt.focus();
}

// MARK: Linking

function choose(card, flow) {
  const { family } = card.dataset;
  const chains = card.dataset.chains.split(" ");
  const chain = element("select", {}, ...chains.map((name) => element("option", { value: name }, chainNames[name] ?? name)));
  const list = element("div", { class: "buttons" });
  const draw = () => {
    const found = wallets(family);
    list.replaceChildren(...found.map((wallet) => button(`Use ${wallet.name}`, async () => {
      await challenge(card, flow, chain.value, await addressOf(wallet, family, chain.value));
    })));
    if (found.length === 0) {
      list.append(element("p", { class: "notice" }, `No wallet was found in this browser. Install one, ${hints[family]}, or type an address and paste its signature.`));
    }
  };
  draw();
  whenFound(() => { if (list.isConnected && !list.querySelector("[aria-busy]")) draw(); });
  const address = element("input", { type: "text", spellcheck: "false", autocomplete: "off", autocapitalize: "off" });
  flow.replaceChildren(
    // One chain needs no choice.
    ...(family === "cosmos" && chains.length > 1 ? [field("Chain", chain)] : []),
    list,
    element("details", {},
      element("summary", {}, "Use an address without a wallet in this browser"),
      field("Address", address),
      button("Show the text to sign", async () => {
        if (!address.value.trim()) throw new Error("Type the address first.");
        await challenge(card, flow, chain.value, address.value.trim());
      }, { class: "plain" })),
    button("Cancel", () => refresh(), { class: "plain" }));
  flow.querySelector("button")?.focus();
}

async function challenge(card, flow, chain, address) {
  const { family } = card.dataset;
  const { value } = await post("/v1/identities/challenges", { wallet: `${chain}:${address}` });
  const previous = value.previous_wallet;
  const finish = async (signed, old = {}) => {
    const answer = await post("/v1/identities/links", { challenge: value.challenge, ...signed, ...old });
    const link = answer.value;
    await show(link.state === "pending"
      ? `Proven. Payouts go to the new wallet from ${moment(link.effective_at)}.`
      : "The wallet is linked. Payouts go to it.", link);
  };
  const again = element("p", {},
    button("Make a new text", () => challenge(card, flow, chain, address), { class: "plain" }),
    " ", button("Cancel", () => refresh(), { class: "plain" }));
  const until = element("p", { class: "meta" }, `It can be signed until ${moment(value.expires_at)}.`);
  if (!previous) {
    flow.replaceChildren(textToSign(value.message), until,
      waysToSign({ family, chain, address, text: value.message, done: (signed) => finish(signed) }), again);
    return;
  }
  const second = element("div");
  const first = element("div", {}, element("h3", {}, "First, with the new wallet"),
    waysToSign({
      family, chain, address, text: value.message,
      done: async (signed) => {
        first.replaceChildren(element("p", { class: "success" }, "Signed with the new wallet."));
        agree(second, { family, previous, text: value.message, signed, finish });
      },
    }));
  flow.replaceChildren(
    element("p", { class: "notice" },
      "This changes where your payouts go. It counts at once if your last wallet signs the same text too. Without that, it ",
      "counts after a waiting time, in which you can stop it, should it not be you."),
    textToSign(value.message), until, first, second, again);
}

/** The last wallet's word, or the waiting time. */
function agree(place, { family, previous, text, signed, finish }) {
  const [namespace, reference, address] = previous.split(":");
  place.replaceChildren(
    element("h3", {}, "Then, with the last wallet"),
    element("p", {}, "Switch your wallet to ", element("code", { class: "address" }, address), "."),
    waysToSign({
      family, chain: `${namespace}:${reference}`, address, text,
      done: (old) => finish(signed, { previous_signature: old.signature, ...(old.public_key ? { previous_public_key: old.public_key } : {}) }),
    }),
    element("h3", {}, "Or wait"),
    element("p", {}, "If you no longer have that wallet, the change takes effect after the waiting time."),
    button("Change it after the waiting time", () => finish(signed), { class: "plain" }));
  place.querySelector("button")?.focus();
}

// MARK: Unlinking

/** Asks before it is done. */
function confirm(question, label) {
  return new Promise((resolve) => {
    const dialog = element("dialog", { "aria-label": question },
      element("p", {}, question),
      element("form", { method: "dialog", class: "buttons" },
        element("button", { value: "yes", class: "danger" }, label),
        element("button", { value: "no", class: "plain", autofocus: true }, "Keep it")));
    dialog.addEventListener("close", () => { resolve(dialog.returnValue === "yes"); dialog.remove(); });
    document.body.append(dialog);
    dialog.showModal();
  });
}

const questions = {
  unlink: "Unlink this wallet? Shares that you earn wait until a wallet is linked again, and another wallet is then a change.",
  stop: "Stop this change? Payouts go on to the wallet that is active now, if there is one.",
};

start(() => {
  for (const card of document.querySelectorAll("[data-link-page] .family")) {
    const flow = card.querySelector("[data-flow]");
    for (const place of card.querySelectorAll("[data-action]")) {
      const { action, link } = place.dataset;
      const made = button(place.textContent, async () => {
        if (action === "link") {
          choose(card, flow);
          made.hidden = true;
          return;
        }
        if (!(await confirm(questions[action], place.textContent))) return;
        const answer = await remove(`/v1/identities/links/${link}`);
        await show(action === "stop" ? "The change is stopped." : "The wallet is unlinked.", answer.value);
      }, { class: place.className });
      place.replaceWith(made);
    }
  }
});
