// Wallets of this browser, by family: found by the families' own standards, asked to sign a text.
//
// Solana: Wallet Standard (`solana:signMessage`), or an injected provider. Ethereum: EIP-6963, or `window.ethereum`; EIP-191 by
// `personal_sign`. Cosmos: Keplr's interface, which others share; ADR-036 by `signArbitrary`.
//
// A wallet is { name, accounts(chain), sign(address, chain, text) }: `accounts` asks for permission and answers with addresses,
// `sign` with { signature, public_key? } as the API takes them.

const utf8 = new TextEncoder();

// MARK: Encodings

const alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

export function base58(bytes) {
  const digits = [];
  for (const byte of bytes) {
    let carry = byte;
    for (let index = 0; index < digits.length; index += 1) {
      carry += digits[index] * 256;
      digits[index] = carry % 58;
      carry = Math.floor(carry / 58);
    }
    for (; carry > 0; carry = Math.floor(carry / 58)) digits.push(carry % 58);
  }
  let zeros = 0;
  while (zeros < bytes.length && bytes[zeros] === 0) zeros += 1;
  return "1".repeat(zeros) + digits.reverse().map((digit) => alphabet[digit]).join("");
}

const hexadecimal = (bytes) => "0x" + Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

// MARK: Solana

const standardWallets = new Set();
const listeners = new Set();
const found = () => { for (const listener of listeners) listener(); };

function register(...wallets) {
  for (const wallet of wallets) standardWallets.add(wallet);
  found();
  return () => { for (const wallet of wallets) standardWallets.delete(wallet); };
}

addEventListener("wallet-standard:register-wallet", (event) => {
  if (typeof event.detail === "function") event.detail({ register });
});
dispatchEvent(new CustomEvent("wallet-standard:app-ready", { detail: { register } }));

function standardSolana(wallet) {
  const connect = async () => {
    if (wallet.accounts.length > 0) return wallet.accounts;
    return (await wallet.features["standard:connect"].connect()).accounts;
  };
  return {
    name: wallet.name,
    accounts: async () => (await connect()).map((account) => account.address),
    sign: async (address, _chain, text) => {
      const account = (await connect()).find((candidate) => candidate.address === address);
      const [signed] = await wallet.features["solana:signMessage"].signMessage({ account, message: utf8.encode(text) });
      return { signature: base58(signed.signature) };
    },
  };
}

function injectedSolana(name, provider) {
  const connect = async () => {
    const answer = await provider.connect();
    return (answer?.publicKey ?? provider.publicKey).toString();
  };
  return {
    name,
    accounts: async () => [await connect()],
    sign: async (_address, _chain, text) => {
      const answer = await provider.signMessage(utf8.encode(text), "utf8");
      return { signature: base58(answer.signature ?? answer) };
    },
  };
}

function solanaWallets() {
  const standard = [...standardWallets].filter((wallet) =>
    wallet.features["solana:signMessage"] && wallet.features["standard:connect"]);
  if (standard.length > 0) return standard.map(standardSolana);
  const injected = [["Phantom", window.phantom?.solana], ["Solflare", window.solflare], ["Solana wallet", window.solana]];
  const providers = new Set();
  return injected.filter(([, provider]) => {
    if (typeof provider?.signMessage !== "function" || providers.has(provider)) return false;
    return providers.add(provider);
  }).map(([name, provider]) => injectedSolana(name, provider));
}

// MARK: Ethereum

const announced = new Map();

addEventListener("eip6963:announceProvider", (event) => {
  const { info, provider } = event.detail ?? {};
  if (!info?.uuid || !provider) return;
  announced.set(info.uuid, { name: info.name, provider });
  found();
});
dispatchEvent(new Event("eip6963:requestProvider"));

function ethereum({ name, provider }) {
  return {
    name,
    accounts: () => provider.request({ method: "eth_requestAccounts" }),
    sign: async (address, _chain, text) => ({
      signature: await provider.request({ method: "personal_sign", params: [hexadecimal(utf8.encode(text)), address] }),
    }),
  };
}

function ethereumWallets() {
  if (announced.size > 0) return [...announced.values()].map(ethereum);
  return window.ethereum?.request ? [ethereum({ name: "Ethereum wallet", provider: window.ethereum })] : [];
}

// MARK: Cosmos

function cosmos(name, provider) {
  const reference = (chain) => chain.split(":")[1];
  return {
    name,
    accounts: async (chain) => {
      await provider.enable(reference(chain));
      return [(await provider.getKey(reference(chain))).bech32Address];
    },
    sign: async (address, chain, text) => {
      const signed = await provider.signArbitrary(reference(chain), address, text);
      return { signature: signed.signature, public_key: signed.pub_key.value };
    },
  };
}

const cosmosWallets = () =>
  [["Keplr", window.keplr], ["Leap", window.leap], ["Cosmostation", window.cosmostation?.providers?.keplr]]
    .filter(([, provider]) => typeof provider?.signArbitrary === "function")
    .map(([name, provider]) => cosmos(name, provider));

// MARK: All

/** The wallets of the family that are known by now. */
export function wallets(family) {
  switch (family) {
    case "solana": return solanaWallets();
    case "ethereum": return ethereumWallets();
    case "cosmos": return cosmosWallets();
    default: return [];
  }
}

/** Calls back when another wallet makes itself known. */
export function whenFound(listener) { listeners.add(listener); }

/** Whether both are the same account: Ethereum's letters are in either case. */
export const isSame = (family, one, other) =>
  family === "ethereum" ? one.toLowerCase() === other.toLowerCase() : one === other;

/** The wallet's address on this account, or an error that says which one is wanted. */
export async function addressOf(wallet, family, chain, wanted) {
  const addresses = await wallet.accounts(chain);
  if (!addresses?.length) throw new Error(`${wallet.name} shows no account. Unlock it, and allow this site to see one.`);
  if (!wanted) return addresses[0];
  const address = addresses.find((candidate) => isSame(family, candidate, wanted));
  if (!address) throw new Error(`${wallet.name} is at ${addresses[0]}. Switch it to ${wanted}, and try again.`);
  return address;
}

/** Where people get a wallet from, in words: no link leaves this site for a program that handles money. */
export const hints = {
  solana: "such as Phantom, Solflare or Backpack",
  ethereum: "such as MetaMask, Rabby or Frame",
  cosmos: "such as Keplr or Leap",
};

export const formats = {
  solana: "Base58, 64 bytes, by signMessage",
  ethereum: "0x and 130 hexadecimal digits, by personal_sign",
  cosmos: "Base64, 64 bytes, by signArbitrary (ADR-036)",
};
