// Wallets for tests, found by the standards of their families as real ones are. Solana's signs, with a key that stays in the
// browser's profile. Ethereum's and Cosmos' keep what they are asked to sign, and answer with signatures that are none.
(() => {
  if (!location.protocol.startsWith("http")) return;
  const alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  const base58 = (bytes) => {
    let number = 0n;
    for (const byte of bytes) number = number * 256n + BigInt(byte);
    let text = "";
    for (; number > 0n; number /= 58n) text = alphabet[Number(number % 58n)] + text;
    for (const byte of bytes) { if (byte !== 0) break; text = "1" + text; }
    return text;
  };
  const keys = async () => {
    const kept = localStorage.getItem("test-wallet");
    if (kept) {
      const { secret, open } = JSON.parse(kept);
      return {
        privateKey: await crypto.subtle.importKey("jwk", secret, "Ed25519", true, ["sign"]),
        publicKey: await crypto.subtle.importKey("jwk", open, "Ed25519", true, ["verify"]),
      };
    }
    const pair = await crypto.subtle.generateKey("Ed25519", true, ["sign", "verify"]);
    localStorage.setItem("test-wallet", JSON.stringify({
      secret: await crypto.subtle.exportKey("jwk", pair.privateKey), open: await crypto.subtle.exportKey("jwk", pair.publicKey),
    }));
    return pair;
  };
  const wallet = {
    version: "1.0.0", name: "Test Wallet", icon: "data:image/png;base64,", chains: ["solana:mainnet"], accounts: [],
    features: {
      "standard:connect": {
        version: "1.0.0",
        connect: async () => {
          const { publicKey } = await keys();
          const bytes = new Uint8Array(await crypto.subtle.exportKey("raw", publicKey));
          wallet.accounts = [{ address: base58(bytes), publicKey: bytes, chains: ["solana:mainnet"], features: ["solana:signMessage"] }];
          return { accounts: wallet.accounts };
        },
      },
      "solana:signMessage": {
        version: "1.1.0",
        signMessage: async (...inputs) => {
          if (window.testWalletDeclines) throw new Error("User rejected the request.");
          const { privateKey } = await keys();
          return Promise.all(inputs.map(async ({ message }) => ({
            signedMessage: message, signature: new Uint8Array(await crypto.subtle.sign("Ed25519", privateKey, message)),
          })));
        },
      },
    },
  };
  const announce = (api) => api.register(wallet);
  window.addEventListener("wallet-standard:app-ready", (event) => announce(event.detail));
  window.dispatchEvent(new CustomEvent("wallet-standard:register-wallet", { detail: announce }));

  const asked = window.testWalletAsked = [];
  const provider = {
    request: async ({ method, params }) => {
      if (method === "eth_requestAccounts") return ["0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed"];
      asked.push({ method, params });
      if (window.testWalletDeclines) throw Object.assign(new Error("no"), { code: 4001 });
      return `0x${"11".repeat(64)}1b`;
    },
  };
  const info = { uuid: "350670db-19fa-4704-a166-e52e178b59d2", name: "Test Ether", icon: "data:image/png;base64,", rdns: "test.ether" };
  const announceProvider = () =>
    window.dispatchEvent(new CustomEvent("eip6963:announceProvider", { detail: Object.freeze({ info, provider }) }));
  window.addEventListener("eip6963:requestProvider", announceProvider);
  announceProvider();

  window.keplr = {
    enable: async (chain) => { asked.push({ method: "enable", params: [chain] }); },
    // Of the private key 1.
    getKey: async () => ({ bech32Address: "cosmos1w508d6qejxtdg4y5r3zarvary0c5xw7k6ah60c" }),
    signArbitrary: async (...params) => {
      asked.push({ method: "signArbitrary", params });
      return {
        pub_key: { type: "tendermint/PubKeySecp256k1", value: "Anm+Zn753LusVaBilc6HCwcCm/zbLc4o2VnygVsW+BeY" },
        signature: btoa("\x11".repeat(64)),
      };
    },
  };
})();
