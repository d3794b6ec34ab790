// The page of a bounty: its sponsor signs it here.
import { get, post, Refused } from "./api.js";
import { follow } from "./live.js";
import { button, element, notice, refresh, showProblem, start, moment } from "./ui.js";
import { textToSign, waysToSign } from "./signature.js";

const families = { solana: "Solana", ethereum: "Ethereum", cosmos: "Cosmos" };

/** The account's active wallet of the family, or nothing. */
async function activeWallet(account, family) {
  try {
    const { links } = await get(`/v1/identities/${account}`);
    return links.find((link) => link.family === family && link.state === "active" && link.wallet);
  } catch (error) {
    // Nobody of this id has linked a wallet yet.
    if (error instanceof Refused && error.status === 404) return undefined;
    throw error;
  }
}

async function begin(place) {
  const { account, family } = place.dataset;
  place.replaceChildren(element("p", { class: "meta" }, "Looking for your linked wallet…"));
  let link;
  try {
    link = await activeWallet(account, family);
  } catch (error) {
    const again = button("Try again", () => begin(place));
    place.replaceChildren(again);
    showProblem(again, error);
    return;
  }
  if (!link) {
    const address = `/link?family=${family}&return_to=${encodeURIComponent(location.pathname + location.search)}`;
    place.replaceChildren(
      element("p", {}, `You have no ${families[family]} wallet linked yet. Link one first; then you come back here.`),
      element("p", {}, element("a", { class: "button", href: address }, `Link a ${families[family]} wallet`)));
    return;
  }
  const [namespace, reference, address] = link.wallet.split(":");
  // One key is the same wallet on every chain of Solana's and Ethereum's; Cosmos writes another address for each.
  const chain = family === "cosmos" ? `${namespace}:${reference}` : place.dataset.chain;
  prepare(place, { family, chain, address });
}

function prepare(place, wallet) {
  place.replaceChildren(
    element("p", {}, "Signing with your linked wallet ", element("code", { class: "address" }, wallet.address),
      ` for ${place.dataset.chainName}.`),
    button("Show the text to sign", () => challenge(place, wallet)));
}

async function challenge(place, wallet) {
  const { bounty, link } = place.dataset;
  const { value } = await post(`/v1/bounties/${bounty}/challenge`, { link, wallet: `${wallet.chain}:${wallet.address}` });
  const anew = button("Make a new text", () => challenge(place, wallet), { class: "plain" });
  place.replaceChildren(
    textToSign(value.message),
    element("p", { class: "meta" }, `It can be signed until ${moment(value.expires_at)}. `),
    waysToSign({ ...wallet, text: value.message, done: (signed) => sign(place, value.challenge, signed) }),
    element("p", {}, anew));
}

async function sign(place, challenge, signed) {
  const { value, headers } = await post(`/v1/bounties/${place.dataset.bounty}/signature`, { challenge, ...signed });
  notice(`Signed: ${value.amount} ${value.denomination} are ${value.state}.`);
  const version = headers.get("Bursar-Version");
  try {
    await refresh(version ? { "Bursar-Version": version } : {});
  } catch {
    // Signed it is, whether or not the page can be read now.
    place.replaceChildren(element("p", { class: "success", role: "status" }, `Signed. The bounty is ${value.state}.`));
    return;
  }
  document.getElementById("sign")?.scrollIntoView({ block: "nearest" });
}

start(() => {
  const place = document.querySelector("[data-sign]");
  if (place) begin(place);
});

const page = document.querySelector("article[data-bounty]");
if (page) {
  follow(`?bounty=${page.dataset.bounty}`, async () => {
    // Who is about to sign, or reads with the keyboard, would lose their place.
    const main = document.getElementById("main");
    if (document.querySelector("[data-sign] .message") || (main !== document.activeElement && main.contains(document.activeElement))) return;
    await refresh();
  });
}
