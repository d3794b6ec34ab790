"""A `bursar up` with its stand-in for GitHub, and people who use it."""

import http.client
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parents[2]
EXECUTABLE = pathlib.Path(os.environ.get("BURSAR_EXECUTABLE", ROOT / ".build/debug/bursar"))
CLASSES = ("reads", "calculations", "writes", "login", "live")
DEADLINE = 60


def wait_until(what, condition, deadline=DEADLINE):
    end = time.monotonic() + deadline
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise TimeoutError(f"{what} did not come to be within {deadline} s")
        time.sleep(0.05)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Answer:
    def __init__(self, response):
        self.status = response.status
        self.headers = {name.lower(): value for name, value in response.getheaders()}
        self.cookies = [value for name, value in response.getheaders() if name.lower() == "set-cookie"]
        # A stream of events does not end by itself.
        self.body = b"" if self.headers.get("content-type", "").startswith("text/event-stream") else response.read()

    @property
    def json(self):
        return json.loads(self.body)


def exchange(url, method="GET", headers=None, body=None):
    """One request, on a connection of its own, following nothing."""
    parts = urllib.parse.urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=DEADLINE)
    try:
        path = parts.path or "/"
        connection.request(method, path + (f"?{parts.query}" if parts.query else ""), body, headers or {})
        return Answer(connection.getresponse())
    finally:
        connection.close()


class Suite:
    """Runs while the block does."""

    def __enter__(self):
        # Readable for the user that PostgreSQL runs as.
        self.directory = tempfile.mkdtemp(prefix="contract-", dir=os.environ.get("BURSAR_TEST_DIRECTORY"))
        os.chmod(self.directory, 0o711)
        ports = {name: free_port() for name in ("gateway-http", "bounty-http", "calculator-rpc", "admin", "github-sandbox")}
        flags = [text for name, port in ports.items() for text in (f"--{name}-port", str(port))]
        # So many that no test runs into them, and the headers are there all the same.
        for kind in CLASSES:
            flags += [f"--gateway-limits-{kind}", "10000000"]
        self.log = open(f"{self.directory}/log.txt", "w+")
        self.process = subprocess.Popen(
            [EXECUTABLE, "up", "--with-github-sandbox", "--data-directory", self.directory, *flags],
            cwd=ROOT, stdout=self.log, stderr=self.log)
        self.gateway = f"http://127.0.0.1:{ports['gateway-http']}"
        try:
            wait_until("the suite", self.is_ready)
        except BaseException:
            self.__exit__()
            raise
        return self

    def is_ready(self):
        if self.process.poll() is not None:
            self.log.seek(0)
            raise RuntimeError(f"bursar up ended: {self.log.read()}")
        try:
            return exchange(self.gateway + "/v1/bounties").status == 200
        except OSError:
            return False

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(DEADLINE)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self.log.close()
        shutil.rmtree(self.directory, ignore_errors=True)

    def bursar(self, *arguments):
        """The output of a command beside the suite."""
        done = subprocess.run(
            [EXECUTABLE, *arguments, "--data-directory", self.directory], cwd=ROOT, capture_output=True, text=True,
            timeout=DEADLINE)
        if done.returncode != 0:
            raise RuntimeError(f"bursar {' '.join(arguments)}: {done.stdout} {done.stderr}")
        return done.stdout

    def sandbox(self, *arguments):
        return self.bursar("sandbox", *arguments)


class Person:
    """Somebody who is signed in: the headers that show it."""

    def __init__(self, suite, login):
        self.cookies = {}
        page = self.follow(suite.gateway + "/login/github?return_to=/v1/session")
        back = self.follow(f"{page}&sandbox_login={login}", keeps=False)
        self.follow(back)
        self.headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        session = exchange(suite.gateway + "/v1/session", headers=self.headers).json
        self.headers |= {"X-CSRF-Token": session["csrf_token"], "Origin": suite.gateway}
        self.account = session["github"]

    def follow(self, url, keeps=True):
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        answer = exchange(url, headers={"Cookie": cookie} if keeps and cookie else {})
        for line in answer.cookies if keeps else []:
            name, _, value = line.partition(";")[0].partition("=")
            if "Max-Age=0" in line:
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = value
        return answer.headers["location"]


class Program:
    """An API key."""

    def __init__(self, suite, name, scopes):
        key = suite.bursar("keys", "create", name, "--scopes", scopes).split()[0]
        self.headers = {"Authorization": f"Bearer {key}"}


class SolanaWallet:
    """A key of Ed25519, by openssl."""

    ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
    CHAIN = "solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp"

    def __init__(self, directory):
        self.directory = directory
        self.key = f"{directory}/wallet.pem"
        subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", self.key], check=True)
        public = subprocess.run(
            ["openssl", "pkey", "-in", self.key, "-pubout", "-outform", "DER"], check=True, capture_output=True).stdout
        # A SubjectPublicKeyInfo ends with the key.
        self.address = self.base58(public[-32:])
        self.name = f"{self.CHAIN}:{self.address}"

    def sign(self, text):
        message = f"{self.directory}/message"
        pathlib.Path(message).write_bytes(text.encode())
        return self.base58(subprocess.run(
            ["openssl", "pkeyutl", "-sign", "-inkey", self.key, "-rawin", "-in", message], check=True,
            capture_output=True).stdout)

    @classmethod
    def base58(cls, data):
        number, text = int.from_bytes(data, "big"), ""
        while number:
            number, digit = divmod(number, 58)
            text = cls.ALPHABET[digit] + text
        return "1" * (len(data) - len(data.lstrip(b"\0"))) + text


def signing_link(shown):
    """The token of a signing link in a status comment; None where it has none."""
    found = re.search(r"\?link=([A-Za-z0-9._-]+)", shown)
    return found and found.group(1)
