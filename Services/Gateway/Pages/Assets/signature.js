// Asks for the signature of a text: by a wallet of this browser, or made elsewhere and pasted.
import { button, element, field } from "./ui.js";
import { addressOf, formats, hints, wallets, whenFound } from "./wallets.js";

/** The text as it will be signed, for reading before anything is asked of a wallet. */
export function textToSign(text) {
  return element("div", { class: "message" },
    element("p", {}, "This is the exact text that your wallet will show and sign:"),
    element("pre", { tabindex: "0", "aria-label": "Text to sign" }, text));
}

/**
 * The ways to sign. `done` gets { signature, public_key? }, and may throw: what it says is shown, and nothing is lost.
 * Wallets that make themselves known later are added.
 */
export function waysToSign({ family, chain, address, text, done }) {
  const place = element("div", { class: "ways" });
  const list = element("div", { class: "buttons" });
  const draw = () => {
    const found = wallets(family);
    list.replaceChildren(...found.map((wallet) => button(`Sign with ${wallet.name}`, async () => {
      const own = await addressOf(wallet, family, chain, address);
      await done(await wallet.sign(own, chain, text));
    })));
    if (found.length === 0) {
      list.append(element("p", { class: "notice" }, `No wallet was found in this browser. Install one, ${hints[family]}, or sign elsewhere and paste the signature.`));
    }
  };
  draw();
  whenFound(() => { if (place.isConnected && !list.querySelector("[aria-busy]")) draw(); });
  place.append(list, elsewhere({ family, done }));
  return place;
}

function elsewhere({ family, done }) {
  const signature = element("textarea", { rows: "2", spellcheck: "false", autocomplete: "off", required: true });
  const key = element("input", { type: "text", spellcheck: "false", autocomplete: "off" });
  return element("details", {},
    element("summary", {}, "Sign elsewhere and paste the signature"),
    field(`Signature (${formats[family]})`, signature),
    family === "cosmos" ? field("Public key (Base64, 33 bytes)", key) : null,
    button("Use this signature", async () => {
      const text = signature.value.trim();
      if (!text) throw new Error("Paste the signature first.");
      const signed = { signature: text };
      if (family === "cosmos") signed.public_key = key.value.trim();
      await done(signed);
    }, { class: "plain" }));
}
