"""The pages as a person sees and uses them, in a real browser: signing in, linking a wallet, signing a bounty.

    story.py EXECUTABLE [--pictures DIRECTORY]
"""
import argparse
import contextlib
import json
import os
import pathlib
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

from chromium import Chromium, Fault

FOLDER = pathlib.Path(__file__).parent
# Seconds until everything is up, and until an event has gone all its way.
START_DEADLINE = 120
EVENT_DEADLINE = 30


def free_port():
    """Out of the range that the system takes ports from by itself."""
    while True:
        port = random.randrange(10_000, 20_000)
        with contextlib.closing(socket.socket()) as probe:
            with contextlib.suppress(OSError):
                probe.bind(("127.0.0.1", port))
                return port


def until(condition, what, seconds=EVENT_DEADLINE):
    end = time.monotonic() + seconds
    while not (value := condition()):
        if time.monotonic() > end:
            raise Fault(f"{what} did not come within {seconds} s")
        time.sleep(0.1)
    return value


def expect(condition, what):
    if not condition:
        raise Fault(what)


class Suite:
    """`bursar up --with-github-sandbox`; it stops with its `with` block."""

    def __init__(self, executable):
        self.executable = executable

    def __enter__(self):
        self.directory = tempfile.TemporaryDirectory(prefix="bursar-browser-")
        os.chmod(self.directory.name, 0o711)
        self.data = f"{self.directory.name}/data"
        gateway, sandbox = free_port(), free_port()
        self.log = open(f"{self.directory.name}/log.txt", "w+")
        self.process = subprocess.Popen(
            [self.executable, "up", "--with-github-sandbox", "--data-directory", self.data,
             "--gateway-http-port", str(gateway), "--github-sandbox-port", str(sandbox), "--bounty-http-port", "0",
             "--calculator-rpc-port", "0", "--admin-port", "0"],
            stdout=self.log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
        self.gateway = f"http://127.0.0.1:{gateway}"
        try:
            until(self._is_ready, "the suite", START_DEADLINE)
        except Fault:
            self.__exit__()
            raise
        return self

    def _is_ready(self):
        self.log.seek(0)
        text = self.log.read()
        expect(self.process.poll() is None, text)
        return "Ready." in text

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(40)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self.log.close()
        # Servers outlive a process that crashed.
        for name in ("postmaster.pid", "nats-server.pid"):
            for file in pathlib.Path(self.directory.name).rglob(name):
                with contextlib.suppress(OSError, ValueError, IndexError):
                    os.kill(int(file.read_text().split()[0]), signal.SIGKILL)
        self.directory.cleanup()

    def sandbox(self, *arguments):
        done = subprocess.run(
            [self.executable, "sandbox", *arguments, "--data-directory", self.data], capture_output=True, text=True,
            timeout=60)
        expect(done.returncode == 0, f"sandbox {arguments}: {done.stderr}")
        return done.stdout

    def get(self, path):
        with urllib.request.urlopen(self.gateway + path, timeout=30) as answer:
            return json.load(answer)

    def job(self, expressions):
        """The id of a new batch in the background."""
        body = json.dumps({"kind": "batch", "expressions": expressions}).encode()
        request = urllib.request.Request(
            self.gateway + "/v1/jobs", body, {"Content-Type": "application/json"}, method="POST")
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)["id"]

    def bounty(self, state, amount):
        """The id of the bounty of this amount, once it is in the state."""
        def find():
            found = [item for item in self.get(f"/v1/bounties?state={state}")["bounties"] if item["amount"] == amount]
            return found and found[0]["id"]
        return until(find, f"a bounty of {amount} that is {state}")

    def link(self, bounty):
        """Where the status comment says that it is signed."""
        def find():
            for part in self.sandbox("show", "acme/rocket-skates#1").split("("):
                url = part.split(")")[0]
                if f"/bounties/{bounty}?link=" in url:
                    return url
        return until(find, "the signing link")


class Story:
    def __init__(self, suite, page, pictures):
        self.suite = suite
        self.page = page
        self.pictures = pictures
        self.looks = (FOLDER / "looks.js").read_text()

    def seen(self, name):
        """Looks at what is shown, in both schemes, on a phone and on a desk."""
        faults = []
        for width in (360, 1280):
            for scheme in ("light", "dark"):
                self.page.size(width)
                self.page.scheme(scheme)
                faults += [f"{name} at {width} in {scheme}: {fault}" for fault in self.page.evaluate(self.looks)]
                if self.pictures:
                    self.page.picture(f"{self.pictures}/{name}-{width}-{scheme}.png")
        self.page.size(1280)
        self.page.scheme("light")
        expect(not faults, "\n".join(sorted(set(faults))))

    def sign_in(self, login):
        self.page.press("Sign in with GitHub")
        self.page.wait("document.title === 'GitHub sandbox'")
        self.page.evaluate(f"document.querySelector('button[value={json.dumps(login)}]').click()")

    def refused_signatures(self):
        """Of Ethereum and Cosmos: what wallets are asked to sign is the text, and what the API refuses is said in words."""
        suite, page = self.suite, self.page
        page.open(suite.gateway + "/link?family=ethereum")
        page.press("Link a wallet")
        page.press("Use Test Ether")
        page.press("Sign with Test Ether")
        page.wait_text("Signature: the signature is not this wallet's over the message")
        text = page.evaluate("document.querySelector('.message pre').textContent")
        asked = page.evaluate("window.testWalletAsked")
        expect(asked[-1]["method"] == "personal_sign", f"{asked}")
        expect(bytes.fromhex(asked[-1]["params"][0][2:]).decode() == text, f"{asked} is not the text")
        expect(asked[-1]["params"][1] == "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed", f"{asked}")
        # Nothing is lost: the same text is there, to be signed once more.
        page.evaluate("window.testWalletDeclines = true")
        page.press("Sign with Test Ether")
        page.wait_text("You declined in the wallet.")
        expect(page.evaluate("document.querySelector('.message pre').textContent") == text, "the text is another one")

        page.open(suite.gateway + "/link?family=cosmos")
        page.press("Link a wallet")
        page.press("Use Keplr")
        page.press("Sign with Keplr")
        page.wait_text("Signature: the signature is not this wallet's over the message")
        text = page.evaluate("document.querySelector('.message pre').textContent")
        asked = page.evaluate("window.testWalletAsked")
        expect(asked[0] == {"method": "enable", "params": ["cosmoshub-4"]}, f"{asked}")
        expect(asked[-1]["params"] == ["cosmoshub-4", "cosmos1w508d6qejxtdg4y5r3zarvary0c5xw7k6ah60c", text], f"{asked}")

    def tell(self):
        suite, page = self.suite, self.page
        page.open(suite.gateway + "/")
        page.wait_text("No bounty is open yet")
        self.seen("board-empty")

        # The list follows the events, without loading the page anew.
        suite.sandbox("open", "acme/rocket-skates", "Brakes are missing <b>\"now\"</b>", "--as", "wile-e-coyote")
        suite.sandbox("comment", "acme/rocket-skates#1", "Please. $usdc:250$", "--as", "road-runner")
        bounty = suite.bounty("proposed", "250")
        suite.sandbox("comment", "acme/rocket-skates#1", "And $sol:1.5$, $eth:0.05$", "--as", "octocat")
        link = suite.link(bounty)
        page.wait_text("250 USDC")
        page.wait_text("0.05 ETH")
        self.seen("board")

        page.open(link)
        page.wait_text("Only its sponsor, road-runner, can sign it.")
        self.seen("bounty-nobody")
        self.sign_in("wile-e-coyote")
        page.wait_text("You are signed in as wile-e-coyote")
        self.seen("bounty-other")
        page.press("Sign out")
        page.wait_text("Only its sponsor, road-runner, can sign it.")
        self.sign_in("road-runner")

        page.press("Link a Solana wallet")
        page.wait("location.pathname === '/link'")
        page.wait_text("No wallet is linked.")
        self.seen("link")
        page.press("Link a wallet")
        page.press("Use Test Wallet")
        page.wait_text("This is the exact text")
        self.seen("link-text")
        page.evaluate("window.testWalletDeclines = true")
        page.press("Sign with Test Wallet")
        page.wait_text("You declined in the wallet. Nothing was signed.")
        page.evaluate("window.testWalletDeclines = false")
        page.press("Sign with Test Wallet")
        page.wait_text("The wallet is linked. Payouts go to it.")
        self.seen("link-done")
        page.press("Go on")

        page.press("Show the text to sign")
        page.wait_text("Sponsor 250 USDC (250000000 units of ")
        self.seen("bounty-text")
        page.press("Sign with Test Wallet")
        page.wait_text("Nothing to sign")
        page.wait_text("This bounty is active")
        self.seen("bounty-signed")
        expect(suite.get(f"/v1/bounties/{bounty}")["state"] == "active", "the bounty is not active")

        suite.sandbox("comment", "acme/rocket-skates#1", "/award @wile-e-coyote 70 @octocat 30", "--as", "road-runner")
        suite.bounty("settling", "250")
        page.open(f"{suite.gateway}/bounties/{bounty}")
        page.wait_text("first has to link a wallet")
        self.seen("bounty-settling")

        page.open(suite.gateway + "/link")
        page.press("Unlink")
        page.wait("Boolean(document.querySelector('dialog[open]'))")
        self.seen("link-question")
        page.evaluate("document.querySelector('dialog button[value=yes]').click()")
        page.wait_text("The wallet is unlinked.")
        page.wait_text("No wallet is linked.")

        self.refused_signatures()

        page.open(suite.gateway + "/calculator")
        page.evaluate("document.getElementById('expression').value = '1/3'")
        page.press("Calculate")
        page.wait_text("rounded to 34 significant digits")
        self.seen("calculator")
        page.evaluate("document.getElementById('expression').value = '2 +* 3'")
        page.press("Calculate")
        page.wait("document.querySelector('.marked mark')?.textContent === '*'")
        self.seen("calculator-error")

        page.open(f"{suite.gateway}/jobs/{suite.job(['6 * 7', '1/0'])}")
        page.wait_text("100 %, 1 of 1")
        page.wait_text('"result": "42"')
        self.seen("job")
        expect(page.complaints == [], "\n".join(page.complaints))

        page.open(suite.gateway + "/docs")
        self.seen("docs")
        page.open(suite.gateway + "/nothing")
        page.wait_text("There is nothing at /nothing.")
        self.seen("nothing")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("executable")
    parser.add_argument("--pictures", help="a folder for a picture of each page")
    arguments = parser.parse_args()
    if arguments.pictures:
        os.makedirs(arguments.pictures, exist_ok=True)
    began = time.monotonic()
    with Suite(arguments.executable) as suite, Chromium() as browser:
        page = browser.page(suite.gateway, (FOLDER / "wallet.js").read_text())
        try:
            Story(suite, page, arguments.pictures).tell()
        except Fault as fault:
            sys.exit(f"browser-test: {fault}\n" + "\n".join(page.complaints))
    print(f"The browser's story went as told, in {time.monotonic() - began:.0f} s.")


if __name__ == "__main__":
    main()
