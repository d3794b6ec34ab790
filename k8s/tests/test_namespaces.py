"""The suite of the dev overlay, run between network namespaces under its policies: the real executables, with the
environment that the manifests give them."""

import base64
import json
import os
import pwd
import shutil
import subprocess
import tempfile
import time
import unittest
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import breakages
from manifests import ROOT, bursar, environment, find, of_kind, pod, render
from namespaces import Network, reason_to_skip
from reachability import allows
from test_configuration import NATS, configuration

POSTGRES = next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), None)
# Beside the workloads: a listener at each of these shows that only a rule can be what stops a connection.
ELSEWHERE = {
    "the internet": [443, 80], "private networks": [443], "private networks (172.16/12)": [443],
    "private networks (192.168/16)": [443], "metadata service of a cloud": [443, 80], "an external PostgreSQL": [5432],
    "a pod of another namespace": [443],
}
SOURCES = ["bounty", "calculator", "gateway", "identity", "nats", "postgres", "setup", "another pod in bursar",
           "ingress controller", "another pod beside the ingress controller", "a pod of another namespace", "the internet"]


def skip():
    if not bursar():
        return "no .build/debug/bursar: build it first"
    if not NATS.exists():
        return "no nats-server: ./scripts/install gets it"
    if POSTGRES is None:
        return "no PostgreSQL"
    return reason_to_skip()


@unittest.skipIf(skip(), skip())
class Namespaces(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.objects = render("dev")
        cls.folder = Path(tempfile.mkdtemp(prefix="bursar-net."))
        cls.folder.chmod(0o711)
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        cls.network = Network(cls.objects, cls.folder)
        cls.addClassCleanup(cls.network.close)
        cls.network.open()
        # Before anything runs, as in a cluster.
        cls.network.enforce(cls.objects)
        try:
            cls.start()
        except Exception as error:
            raise AssertionError(f"{error}\n{json.dumps(cls.network.logs(), indent=1)}") from error

    @classmethod
    def start(cls):
        cls.start_postgres()
        cls.start_nats()
        for service in ("calculator", "gateway", "bounty", "identity"):
            cls.network.start(service, [bursar(), service], cls.variables(cls.container("Deployment", service)))
        cls.set_up()
        for end, ports in ELSEWHERE.items():
            for port in ports:
                cls.network.listen(end, port)
        for end, ports in ELSEWHERE.items():
            for port in ports:
                cls.network.wait_open(end, end, port)
        for service in ("calculator", "gateway", "bounty", "identity"):
            cls.wait_ready(service)

    @classmethod
    def container(cls, kind, name, container=None):
        spec = pod(cls.objects, kind, name)
        every = spec.get("initContainers", []) + spec["containers"]
        return next(c for c in every if c["name"] == (container or name))

    @classmethod
    def variables(cls, container):
        return {**environment(container, cls.objects), "HTTP_HOST": "0.0.0.0",
                "MIGRATIONS_DIRECTORY": str(ROOT / "migrations")}

    @classmethod
    def start_postgres(cls):
        user = pwd.getpwnam("nobody")
        data = cls.folder / "postgres"
        data.mkdir(mode=0o700)
        os.chown(data, user.pw_uid, user.pw_gid)
        password = cls.folder / "password"
        password.write_text(cls.variables(cls.container("StatefulSet", "postgres"))["POSTGRES_PASSWORD"])
        password.chmod(0o644)
        as_nobody = ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
        subprocess.run([*as_nobody, POSTGRES / "initdb", "-D", data, "-U", "postgres", "--auth-host=scram-sha-256",
                        "--no-sync", f"--pwfile={password}"], check=True, capture_output=True, timeout=120, cwd="/")
        with open(data / "pg_hba.conf", "a") as file:
            file.write("host all all all scram-sha-256\n")
        cls.network.start("postgres", [*as_nobody, POSTGRES / "postgres", "-D", data, "-h", "*", "-k", data,
                                       "-c", "fsync=off"])

    @classmethod
    def start_nats(cls):
        folder = cls.folder / "nats"
        folder.mkdir()
        for name, text in configuration(cls.objects).items():
            text = text.replace('"/data"', f'"{folder}/data"').replace("/run/nats", str(folder))
            (folder / name).write_text(text)
        cls.network.start("nats", [NATS, "-c", folder / "nats.conf"], cls.variables(cls.container("StatefulSet", "nats")))

    @classmethod
    def set_up(cls):
        """The Job, container by container."""
        databases = cls.folder / "databases"
        databases.mkdir()
        for name, value in find(cls.objects, "Secret", "postgres-databases")["data"].items():
            (databases / name).write_bytes(base64.b64decode(value))
        script = cls.folder / "databases.sh"
        script.write_text(find(cls.objects, "ConfigMap", "postgres-databases")["data"]["databases.sh"])
        variables = cls.variables(cls.container("Job", "setup", "databases"))
        for _ in range(2):
            cls.network.run("setup", ["sh", script], {**variables, "DATABASES": str(databases)})
        for name in ("migrate", "provision"):
            container = cls.container("Job", "setup", name)
            cls.network.run("setup", [bursar(), *container["args"]], cls.variables(container))
        for service in ("bounty", "identity"):
            wait = cls.container("Deployment", service, "schema")
            cls.network.run(service, [bursar(), *wait["args"]], cls.variables(wait))

    @classmethod
    def get(cls, source, url):
        """Status and body as curl would: by Python in the namespace."""
        script = ("import sys, urllib.request, urllib.error\n"
                  "try: answer = urllib.request.urlopen(sys.argv[1], timeout=20)\n"
                  "except urllib.error.HTTPError as error: answer = error\n"
                  "print(answer.status if hasattr(answer, 'status') else answer.code); print(answer.read().decode())")
        done = cls.network.run(source, ["python3", "-I", "-c", script, url], check=False)
        status, _, body = done.stdout.partition("\n")
        return (int(status), body) if status else (0, done.stderr)

    @classmethod
    def wait_ready(cls, service, deadline=90):
        """By its own namespace, as the kubelet is no pod."""
        end = time.monotonic() + deadline
        while True:
            status, body = cls.get(service, "http://127.0.0.1:9090/readyz")
            if status == 200 and json.loads(body)["status"] == "ready":
                return
            if time.monotonic() > end:
                raise AssertionError(f"{service} does not get ready: {status} {body}")
            time.sleep(0.3)

    def listeners(self):
        found = []
        for end in self.network.ends.values():
            if end.workload and end.workload.kind != "Job":
                # Neither a cluster of NATS here, nor its monitoring in the table of this machine.
                found += [(end.name, number) for _, number, _ in end.ports if number != 6222]
            found += [(end.name, port) for port in ELSEWHERE.get(end.name, [])]
        return found

    def measure(self):
        """What each source finds at each listener."""
        cases = [(source, target, port) for source in SOURCES for target, port in self.listeners() if source != target]
        with ThreadPoolExecutor(24) as pool:
            return dict(zip(cases, pool.map(lambda case: self.network.probe(*case), cases)))

    def expected(self, objects):
        everyone = {end.name: end for end in self.network.current(objects)}
        policies = of_kind(objects, "NetworkPolicy")
        return {
            (source, target, port): "open" if allows(policies, "egress", everyone[source], everyone[target], "TCP", port)
            and allows(policies, "ingress", everyone[target], everyone[source], "TCP", port) else "timeout"
            for source in SOURCES for target, port in self.listeners() if source != target}

    def test_1_what_the_table_allows_connects_and_the_rest_times_out(self):
        self.maxDiff = None
        found = self.measure()
        self.assertEqual(found, self.expected(self.objects))
        print(f"namespaces: {sum(v == 'open' for v in found.values())} connections open, "
              f"{sum(v == 'timeout' for v in found.values())} time out", flush=True)
        self.assertEqual({case: found[case] for case in found if case[0] == "calculator" and found[case] == "open"},
                         {("calculator", "nats", 4222): "open"})

    def test_2_without_rules_every_listener_answers(self):
        self.network.enforce(None)
        try:
            self.assertEqual(set(self.measure().values()), {"open"})
        finally:
            self.network.enforce(self.objects)

    def test_3_a_wrong_policy_is_felt(self):
        wanted = {"the calculator may reach PostgreSQL": ("calculator", "postgres", 5432),
                  "and at the other": ("gateway", "calculator", 7400),
                  "the metadata service is no exception": ("bounty", "metadata service of a cloud", 443)}
        for name, overlay, change in breakages.EDGES:
            if name not in wanted:
                continue
            with self.subTest(name):
                objects = render("dev")
                change(objects)
                before = self.network.probe(*wanted[name])
                self.network.enforce(objects)
                try:
                    after = self.network.probe(*wanted[name])
                finally:
                    self.network.enforce(self.objects)
                self.assertEqual({before, after}, {"open", "timeout"})

    def test_4_a_webhook_becomes_a_bounty_and_calculator_and_identity_service_answer(self):
        secret = base64.b64decode(find(self.objects, "Secret", "github")["data"]["webhook-secrets"]).decode()
        address = {name: self.network.ends[name].address for name in ("bounty", "gateway")}
        sent = self.network.run(
            "ingress controller",
            [bursar(), "webhook", "send", "issue_comment", ROOT / "scripts/examples/comment-created.json", "--url",
             f"http://{address['bounty']}:8081/webhooks/github"], {"GITHUB_WEBHOOK_SECRETS": secret})
        self.assertIn("202", sent.stdout)
        end = time.monotonic() + 60
        while True:
            _, body = self.get("ingress controller", f"http://{address['gateway']}:8080/v1/bounties")
            if json.loads(body)["bounties"]:
                break
            self.assertLess(time.monotonic(), end, "no bounty appears")
            time.sleep(0.3)
        self.assertEqual(json.loads(body)["bounties"][0]["units"], "250000000")
        script = ("import sys, urllib.request\n"
                  "r = urllib.request.Request(sys.argv[1], data=b'{\"expression\": \"0.1 + 0.2\"}',"
                  " headers={'Content-Type': 'application/json'})\n"
                  "print(urllib.request.urlopen(r, timeout=30).read().decode())")
        answer = self.network.run("ingress controller", [
            "python3", "-I", "-c", script, f"http://{address['gateway']}:8080/v1/calculations/evaluate"])
        self.assertEqual(json.loads(answer.stdout)["result"], "0.3")
        status, body = self.get("ingress controller", f"http://{address['gateway']}:8080/v1/identities/583231")
        self.assertEqual(status, 404, body)


if __name__ == "__main__":
    unittest.main()
