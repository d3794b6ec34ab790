"""What the manifests tell the executables: keys and ports that exist, the users of NATS, and what a wrong value does."""

import json
import os
import re
import socket
import subprocess
import tempfile
import threading
import time
import unittest
from pathlib import Path

from manifests import K8S, OVERLAYS, ROOT, bursar, environment, of_kind, find, pod, render, workloads

BURSAR = bursar()
NATS = Path(os.environ.get("TOOLS_DIRECTORY", ROOT / ".bursar/tools")) / "nats-server"
# Parts of other variables, and what a library reads.
NOT_OURS = {"NATS_PASSWORD", "NATS_SCHEME", "SSL_CERT_FILE"}
SECRETS = {
    "nats-users": {user: f"n{user}" for user in ("bounty", "calculator", "gateway", "identity", "provision", "cluster")},
    "bounty-database": {"url": "postgres://bounty:x@postgres/bounty"},
    "identity-database": {"url": "postgres://identity:x@postgres/identity"},
    "identity": {"session-keys": "01" * 32},
    "bounty": {"payout-keys": "02" * 32, "link-secret": "l" * 32},
    "github": {"webhook-secrets": "secret", "client-id": "id", "client-secret": "secret"},
}


def run(arguments, variables=None):
    clean = {"PATH": os.environ["PATH"], **(variables or {})}
    with tempfile.TemporaryDirectory() as folder:
        return subprocess.run([BURSAR, *arguments], env=clean, cwd=folder, capture_output=True, text=True, timeout=60)


def help_of(arguments):
    return run([*arguments, "--help"]).stdout


def our_containers(objects):
    for p in workloads(objects):
        for container in p.all_containers:
            if re.search(r"(^|/)bursar:", container["image"]):
                yield p, container


@unittest.skipUnless(BURSAR, "no .build/debug/bursar: build it first")
class Executables(unittest.TestCase):
    def test_every_variable_is_a_key_that_the_command_reads(self):
        for overlay in OVERLAYS:
            objects = render(overlay)
            for p, container in our_containers(objects):
                words = [word for word in container["args"] if re.fullmatch(r"[a-z]+", word)]
                text = help_of(words[:2] if words[0] == "migrate" else words[:1])
                names = {entry["name"] for entry in container.get("env", [])} - NOT_OURS
                for name in names:
                    self.assertRegex(text, rf"\b{name}\b", f"{overlay}: {p}: {container['args']}")

    def test_settings_of_all_services_are_keys_of_some(self):
        text = "".join(help_of([name]) for name in ("gateway", "bounty", "calculator", "identity"))
        for overlay in OVERLAYS:
            for name in find(render(overlay), "ConfigMap", "bursar")["data"]:
                self.assertRegex(text, rf"\b{name}\b")

    def test_ports_are_those_the_services_bind(self):
        for overlay in OVERLAYS:
            for p, container in our_containers(render(overlay)):
                if p.kind != "Deployment" or container not in p.containers:
                    continue
                text = help_of(container["args"])
                bound = {int(port) for port in re.findall(r"_PORT \(default: (\d+)\)", text)}
                self.assertEqual(bound, {port["containerPort"] for port in container["ports"]}, f"{overlay}: {p}")

    def test_a_pod_with_a_wrong_configuration_says_which_key_in_one_line_and_exits_with_64(self):
        cases = 0
        for overlay in OVERLAYS:
            objects = render(overlay)
            for p, container in our_containers(objects):
                whole = environment(container, objects, SECRETS if overlay != "dev" else None)
                whole["MIGRATIONS_DIRECTORY"] = str(ROOT / "migrations")
                # It would listen and connect; that it gets that far is shown elsewhere.
                urls = [name for name in whole if name.endswith("_URL") and name != "PUBLIC_URL"]
                wrong = [(name, None) for name in urls] + [(name, "http://nowhere") for name in urls]
                wrong += [(name, None) for name in whole if name in (
                    "GITHUB_WEBHOOK_SECRETS", "SESSION_KEYS", "GITHUB_CLIENT_SECRET", "PAYOUT_KEYS", "LINK_SECRET")]
                wrong += [(name, "short") for name in whole if name in ("SESSION_KEYS", "PAYOUT_KEYS", "LINK_SECRET")]
                wrong += [(name, "here") for name in whole if name == "CALCULATOR_RPC_ADDRESS"]
                if p.kind == "Deployment" and container in p.containers:
                    wrong += [("LOG_LEVEL", "loud"), ("ADMIN_PORT", "70000"), ("PUBLIC_URL", "bursar")
                              if container["name"] != "calculator" else ("CALCULATOR_RPC_PORT", "rpc")]
                for name, value in wrong:
                    variables = {k: v for k, v in whole.items() if k != name}
                    if value is not None:
                        variables[name] = value
                    with self.subTest(overlay=overlay, pod=str(p), args=container["args"], key=name, value=value):
                        done = run(container["args"], variables)
                        self.assertEqual(done.returncode, 64, done.stderr)
                        lines = (done.stdout + done.stderr).splitlines()
                        self.assertEqual(len(lines), 1, lines)
                        # A shared key stands in for a service's own: either may be named.
                        shared = re.sub(r"^[A-Z]+_(NATS|DATABASE)_URL$", r"\1_URL", name)
                        self.assertTrue(name in lines[0] or shared in lines[0], lines)
                        if p.kind == "Deployment" and container in p.containers:
                            self.assertEqual(json.loads(lines[0])["level"], "critical")
                        cases += 1
        self.assertGreater(cases, 40)


class Broker(unittest.TestCase):
    @unittest.skipUnless(BURSAR, "no .build/debug/bursar: build it first")
    def test_the_users_of_nats_are_those_of_the_code(self):
        self.assertEqual(
            (K8S / "components/nats/users.conf").read_text(), run(["provision", "--users"]).stdout,
            "bursar provision --users > k8s/components/nats/users.conf")

    def test_every_password_of_the_configuration_is_in_the_environment(self):
        for overlay in OVERLAYS:
            objects = render(overlay)
            text = "".join(configuration(objects).values())
            container = pod(objects, "StatefulSet", "nats")["containers"][0]
            given = {entry["name"] for entry in container["env"]}
            used = set(re.findall(r"\$([A-Z_0-9]+)", re.sub(r'#.*|"[^"]*"', "", text)))
            self.assertEqual(used, given - {"GOMEMLIMIT"}, overlay)

    def test_limits_are_those_of_the_code(self):
        source = (ROOT / "Platform/EmbeddedServers/EmbeddedNATS.swift").read_text()
        text = (K8S / "components/nats/nats.conf").read_text()
        for key, name in (("max_payload", "maximumPayload"), ("max_pending", "maximumPending")):
            number, shift = re.search(rf"{name} = (\d+) << (\d+)", source).groups()
            self.assertIn(f"{key}: {int(number) << int(shift)}\n", text)
        self.assertIn("sync_interval: always", text)

    @unittest.skipUnless(NATS.exists(), "no nats-server: ./scripts/install gets it")
    def test_nats_server_takes_the_configuration(self):
        for overlay in OVERLAYS:
            objects = render(overlay)
            for broken in (False, True):
                with self.subTest(overlay=overlay, broken=broken), tempfile.TemporaryDirectory() as folder:
                    for name, text in configuration(objects).items():
                        text = text.replace("/etc/nats-tls", folder).replace("/run/nats", folder)
                        text = text.replace('"/data"', f'"{folder}/data"')
                        if broken:
                            text = text.replace("sync_interval: always", "sync_interval: sometimes")
                        Path(folder, name).write_text(text)
                    certificate(folder)
                    container = pod(objects, "StatefulSet", "nats")["containers"][0]
                    variables = environment(container, objects, SECRETS if overlay != "dev" else None)
                    done = subprocess.run([NATS, "-t", "-c", f"{folder}/nats.conf"], env=variables, capture_output=True,
                                          text=True, timeout=60)
                    self.assertEqual(done.returncode != 0, broken, done.stderr)


    @unittest.skipUnless(BURSAR and NATS.exists(), "no executable, or no nats-server")
    def test_clients_trust_the_authority_of_the_tls_component_alone(self):
        objects = render("production-cloudnativepg")
        container = pod(objects, "Job", "setup")["containers"][0]
        mounts = {mount["name"]: mount["mountPath"] for mount in container["volumeMounts"]}
        whole = environment(container, objects, SECRETS)
        self.assertEqual(whole["SSL_CERT_FILE"], mounts["nats-authority"] + "/ca.crt")
        self.assertTrue(whole["PROVISION_NATS_URL"].startswith("tls://provision:"))
        with tempfile.TemporaryDirectory() as folder:
            certificate(folder)
            for name, text in configuration(objects).items():
                # One server stands for the cluster.
                text = "" if name == "cluster.conf" else text.replace("/etc/nats-tls", folder)
                text = text.replace("/run/nats", folder).replace('"/data"', f'"{folder}/data"')
                text = text.replace("0.0.0.0:4222", "127.0.0.1:-1").replace("0.0.0.0:8222", "127.0.0.1:-1")
                Path(folder, name).write_text(text + (f'ports_file_dir: "{folder}"\n' if name == "nats.conf" else ""))
            server = environment(pod(objects, "StatefulSet", "nats")["containers"][0], objects, SECRETS)
            with open(f"{folder}/log", "w") as log:
                process = subprocess.Popen([NATS, "-c", f"{folder}/nats.conf"], env=server, stdout=log, stderr=log)
            try:
                port = self.port(folder)
                for host, authority, words in (
                    ("localhost", "ca.crt", "created    stream WEBHOOKS"),
                    ("localhost", "none", "unable to get local issuer certificate"),
                    ("127.0.0.1", "ca.crt", "unchanged  stream WEBHOOKS")):
                    with self.subTest(host=host, authority=authority):
                        variables = {**whole, "SSL_CERT_FILE": f"{folder}/{authority}", "STREAMS_REPLICAS": "1",
                                     "PROVISION_NATS_URL": f"tls://provision:nprovision@{host}:{port}"}
                        self.assertIn(words, run_for_a_while(["provision"], variables, words))
            finally:
                process.kill()
                process.wait()

    @unittest.skipUnless(BURSAR and NATS.exists(), "no executable, or no nats-server")
    def test_three_servers_make_a_cluster_with_three_copies_of_each_stream(self):
        for overlay in ("production", "production-cloudnativepg"):
            with self.subTest(overlay), tempfile.TemporaryDirectory() as folder:
                self.make_cluster(render(overlay), Path(folder))

    def make_cluster(self, objects, folder):
        certificate(folder)
        container = pod(objects, "StatefulSet", "nats")["containers"][0]
        ports = {f"nats-{index}": (free_port(), free_port()) for index in range(3)}
        processes = []
        try:
            for name, (client, peer) in ports.items():
                own = folder / name
                own.mkdir()
                variables = {**environment(container, objects, SECRETS), "POD_NAME": name}
                for key in variables:
                    for other, (_, number) in ports.items():
                        variables[key] = variables[key].replace(f"{other}.nats-peers:6222", f"127.0.0.1:{number}")
                for file, text in configuration(objects).items():
                    text = text.replace("0.0.0.0:4222", f"127.0.0.1:{client}").replace("/run/nats", str(own))
                    text = text.replace("0.0.0.0:6222", f"127.0.0.1:{peer}").replace('"/data"', f'"{own}/data"')
                    text = text.replace("0.0.0.0:8222", "127.0.0.1:-1").replace("/etc/nats-tls", str(folder))
                    (own / file).write_text(text)
                with open(own / "log", "w") as log:
                    processes.append(subprocess.Popen([NATS, "-c", own / "nats.conf"], env=variables, stdout=log,
                                                      stderr=log))
            job = environment(pod(objects, "Job", "setup")["containers"][0], objects, SECRETS)
            self.assertEqual(job["STREAMS_REPLICAS"], "3")
            job["PROVISION_NATS_URL"] = ",".join(
                f"{job['NATS_SCHEME']}://provision:nprovision@127.0.0.1:{client}" for client, _ in ports.values())
            if "SSL_CERT_FILE" in job:
                job["SSL_CERT_FILE"] = str(folder / "ca.crt")
            # The Job is tried again until there is a leader to make streams.
            end = time.monotonic() + 90
            while True:
                done = run(["provision"], job)
                if done.returncode == 0 or time.monotonic() > end:
                    break
            logs = "".join(path.read_text()[-3000:] for path in folder.glob("*/log"))
            self.assertIn("stream EVENTS", done.stdout, done.stderr + logs)
            while time.monotonic() < end:
                stored = {name for name in ports for _ in (folder / name).glob("data/jetstream/*/streams/EVENTS")}
                if stored == set(ports):
                    break
                time.sleep(0.1)
            self.assertEqual(stored, set(ports), logs)
        finally:
            for process in processes:
                process.kill()
                process.wait()

    @staticmethod
    def port(folder):
        """Where the server listens to clients, from the file that it writes once it does."""
        end = time.monotonic() + 30
        while True:
            for path in Path(folder).glob("nats-server_*.ports"):
                if text := path.read_text():
                    return json.loads(text)["nats"][0].rpartition(":")[2]
            assert time.monotonic() < end, Path(folder, "log").read_text()
            time.sleep(0.1)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def run_for_a_while(arguments, variables, words, limit=60):
    """What a command says until it ends, or has said these words."""
    process = subprocess.Popen([BURSAR, *arguments], env={"PATH": os.environ["PATH"], **variables}, text=True,
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    timer = threading.Timer(limit, process.kill)
    timer.start()
    said = ""
    try:
        for line in process.stdout:
            said += line
            if words in said:
                break
    finally:
        timer.cancel()
        process.kill()
        process.wait()
        process.stdout.close()
    return said


def configuration(objects):
    """The files of NATS' ConfigMap."""
    name = next(v["configMap"]["name"] for v in pod(objects, "StatefulSet", "nats")["volumes"] if "configMap" in v)
    return find(objects, "ConfigMap", name)["data"]


def certificate(folder, names=("nats", "localhost")):
    """An authority, and a certificate of it for these names."""
    alternative = ",".join(f"DNS:{name}" for name in names) + ",IP:127.0.0.1"
    commands = [
        ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj",
         "/CN=authority", "-keyout", "ca.key", "-out", "ca.crt"],
        ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj",
         "/CN=nats", "-addext", f"subjectAltName={alternative}", "-addext", "basicConstraints=critical,CA:FALSE", "-CA",
         "ca.crt", "-CAkey", "ca.key", "-keyout", "tls.key", "-out", "tls.crt"],
    ]
    for command in commands:
        subprocess.run(["openssl", *command], cwd=folder, check=True, capture_output=True, timeout=30)


if __name__ == "__main__":
    unittest.main()
