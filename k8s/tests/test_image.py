"""The image: what is in it, and that its services run as the numeric user with a read-only root."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import unittest
import urllib.error
import urllib.request
from pathlib import Path

from image import NAME, USER, Builder, command, reason_to_skip

ENTRY = "/usr/local/bin/bursar"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def get(url, deadline=30):
    """Status and body, once somebody answers."""
    end = time.monotonic() + deadline
    while True:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


@unittest.skipIf(reason_to_skip(), reason_to_skip())
class Image(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp(prefix="bursar-image.")
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        cls.builder = Builder(cls.folder)
        cls.builder.build()
        cls.root = cls.builder.mount()
        cls.addClassCleanup(cls.builder.buildah, "umount", "--all")
        print(f"image: {cls.builder.size()} on disk", flush=True)

    def configuration(self):
        return json.loads(self.builder.buildah("inspect", "--type", "image", NAME))["OCIv1"]

    def test_it_says_what_it_is(self):
        image = self.configuration()
        config = image["config"]
        self.assertEqual(config["User"], USER)
        self.assertEqual(config["Entrypoint"], [ENTRY])
        self.assertIn("HTTP_HOST=0.0.0.0", config["Env"])
        version = subprocess.run(command(self.root, [ENTRY, "--version"]), capture_output=True, text=True, timeout=60)
        for key, value in (("title", "Bursar"), ("licenses", "Apache-2.0"), ("version", version.stdout.strip())):
            self.assertEqual(config["Labels"][f"org.opencontainers.image.{key}"], value)

    def test_its_user_is_nobody_and_can_write_nowhere_but_tmp(self):
        done = subprocess.run(
            command(self.root, ["/bin/sh", "-c", "id -u; id -g; touch /tmp/x && echo tmp; touch /x /usr/x /var/tmp/x"]),
            capture_output=True, text=True, timeout=60)
        self.assertEqual(done.stdout.split(), ["65532", "65532", "tmp"])
        self.assertEqual(done.stderr.count("Read-only file system"), 3, done.stderr)

    def test_nothing_in_it_runs_as_its_owner(self):
        found = subprocess.run(["find", self.root, "-xdev", "-user", "65532"], capture_output=True, text=True, timeout=60)
        self.assertEqual(found.stdout, "")

    def test_preStop_finds_its_command(self):
        done = subprocess.run(command(self.root, ["sleep", "0"]), timeout=60)
        self.assertEqual(done.returncode, 0)

    def test_every_service_runs_in_it_and_ends_in_order(self):
        expected = {"calculator": 200, "gateway": 503, "bounty": 503, "identity": 503}
        for service, readiness in expected.items():
            with self.subTest(service):
                admin = free_port()
                variables = {
                    "PATH": os.environ["PATH"], "ADMIN_PORT": str(admin), "LOG_FORMAT": "json", "HTTP_HOST": "127.0.0.1",
                    "GATEWAY_HTTP_PORT": "0", "BOUNTY_HTTP_PORT": "0", "CALCULATOR_RPC_PORT": "0",
                    # Nobody is there: a service waits for what it needs, and says so.
                    "NATS_URL": "nats://127.0.0.1:9", "DATABASE_URL": "postgres://127.0.0.1:9/bounty",
                    "GITHUB_WEBHOOK_SECRETS": "secret", "SESSION_KEYS": "01" * 32, "PAYOUT_KEYS": "02" * 32,
                    "LINK_SECRET": "l" * 32}
                log = Path(self.folder, f"{service}.log")
                with open(log, "w") as output:
                    process = subprocess.Popen(command(self.root, [ENTRY, service]), env=variables, stdout=output,
                                               stderr=output)
                try:
                    self.assertEqual(get(f"http://127.0.0.1:{admin}/livez")[0], 200, log.read_text())
                    status, body = get(f"http://127.0.0.1:{admin}/readyz")
                    self.assertEqual(status, readiness, body)
                    uid = re.search(r"Uid:\t(\d+)", Path(f"/proc/{process.pid}/status").read_text())[1]
                    self.assertEqual(uid, "65532")
                    process.send_signal(signal.SIGTERM)
                    self.assertEqual(process.wait(timeout=40), 0, log.read_text())
                finally:
                    process.kill()
                    process.wait()

    def test_its_migrations_are_where_it_looks(self):
        variables = {"PATH": os.environ["PATH"], "DATABASE_URL": "postgres://127.0.0.1:9/bounty",
                     "MIGRATIONS_DIRECTORY": "/usr/share/bursar/migrations"}
        done = subprocess.run(command(self.root, [ENTRY, "migrate", "wait", "bounty", "--limit", "1"]), env=variables,
                              capture_output=True, text=True, timeout=120)
        self.assertEqual((done.returncode, done.stdout), (0, "bounty: cannot be reached; not waited for any longer\n"))


if __name__ == "__main__":
    unittest.main()
