"""The network of an overlay on one machine: a network namespace for each pod, a router between them, and the network
policies as nftables rules in the router."""

import os
import shutil
import subprocess
import sys
import time

from manifests import NAMESPACE, matches, of_kind
from reachability import ends

# Of the router, at every pod's link.
GATEWAY = "169.254.1.1"
# Said by a probe: whether somebody accepts, refuses, or nothing comes back.
PROBE = """
import json, socket, sys
address, port, limit = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
try:
    socket.create_connection((address, port), timeout=limit).close()
    print("open")
except TimeoutError:
    print("timeout")
except OSError as error:
    print("refused" if error.errno == 111 else str(error))
"""
LISTENER = """
import socketserver, sys
class Handler(socketserver.BaseRequestHandler):
    def handle(self): pass
class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
Server(("0.0.0.0", int(sys.argv[1])), Handler).serve_forever()
"""


def reason_to_skip():
    if os.geteuid() != 0:
        return "only root can make network namespaces"
    for tool, package in (("ip", "iproute2"), ("nft", "nftables")):
        if shutil.which(tool) is None:
            return f"no {tool} (Debian's {package})"
    name = f"bursar-probe-{os.getpid()}"
    tried = subprocess.run(["ip", "netns", "add", name], capture_output=True, text=True)
    if tried.returncode:
        return f"no network namespaces here: {tried.stderr.strip()}"
    tried = subprocess.run(["ip", "netns", "exec", name, "nft", "add", "table", "inet", "probe"], capture_output=True,
                           text=True)
    subprocess.run(["ip", "netns", "del", name], check=True)
    return f"no nftables here: {tried.stderr.strip()}" if tried.returncode else None


def run(*arguments, text=None):
    done = subprocess.run(arguments, input=text, capture_output=True, text=True, timeout=60)
    if done.returncode:
        raise AssertionError(f"{' '.join(arguments)}: {done.stderr}")
    return done.stdout


class Network:
    """Of the IPv4 ends that an overlay's policies speak of. Ends when it is closed, with every process in it."""

    def __init__(self, objects, folder):
        self.folder = folder
        self.prefix = f"bk{os.getpid()}"
        self.ends = {end.name: end for end in ends(objects) if ":" not in end.address}
        self.names = {}
        self.processes = []
        self.hosts = folder / "hosts"

    def open(self):
        self.router = f"{self.prefix}r"
        run("ip", "netns", "add", self.router)
        for key, value in (("ip_forward", "1"), ("conf/all/rp_filter", "0"), ("conf/default/rp_filter", "0")):
            run("ip", "netns", "exec", self.router, "sh", "-c", f"echo {value} > /proc/sys/net/ipv4/{key}")
        run("ip", "-n", self.router, "link", "set", "lo", "up")
        for index, end in enumerate(self.ends.values()):
            name = f"{self.prefix}n{index}"
            self.names[end.name] = name
            inside, outside = "eth0", f"v{index}"
            run("ip", "netns", "add", name)
            run("ip", "-n", self.router, "link", "add", outside, "type", "veth", "peer", "name", inside, "netns", name)
            run("ip", "-n", self.router, "addr", "add", f"{GATEWAY}/32", "dev", outside)
            run("ip", "-n", self.router, "link", "set", outside, "up")
            run("ip", "-n", self.router, "route", "add", f"{end.address}/32", "dev", outside)
            run("ip", "-n", name, "link", "set", "lo", "up")
            run("ip", "-n", name, "addr", "add", f"{end.address}/32", "dev", inside)
            run("ip", "-n", name, "link", "set", inside, "up")
            run("ip", "-n", name, "route", "add", GATEWAY, "dev", inside, "scope", "link")
            run("ip", "-n", name, "route", "add", "default", "via", GATEWAY)
        services = "".join(f"{end.address} {end.name}\n" for end in self.ends.values() if end.workload)
        self.hosts.write_text("127.0.0.1 localhost\n" + services)

    def close(self):
        for process in reversed(self.processes):
            process.terminate()
        for process in self.processes:
            try:
                process.wait(timeout=40)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        for name in [*self.names.values(), self.router]:
            # What a process left behind, such as PostgreSQL's children.
            pids = subprocess.run(["ip", "netns", "pids", name], capture_output=True, text=True).stdout.split()
            for pid in pids:
                try:
                    os.kill(int(pid), 9)
                except ProcessLookupError:
                    pass
            subprocess.run(["ip", "netns", "del", name], capture_output=True)

    def enforce(self, objects):
        """Replaces the rules of the router by what the objects' policies say; without objects, by none."""
        rules = "\n".join(ruleset(of_kind(objects, "NetworkPolicy"), self.current(objects))) if objects else ""
        run("ip", "netns", "exec", self.router, "nft", "-f", "-", text=f"flush ruleset\n{rules}\n")

    def current(self, objects):
        """Our ends, with the labels and ports that these objects give them."""
        return [end for end in ends(objects) if end.name in self.ends]

    def command(self, end, arguments):
        """In the namespace of an end, with its names in /etc/hosts: `ip netns exec` gives it mounts of its own."""
        script = f'mount --bind "{self.hosts}" /etc/hosts && exec "$@"'
        return ["ip", "netns", "exec", self.names[end], "sh", "-c", script, "sh", *map(str, arguments)]

    def start(self, end, arguments, variables=None):
        """A process that stays until the network is closed."""
        log = open(self.folder / f"{self.names[end]}-{len(self.processes)}.log", "w")
        process = subprocess.Popen(
            self.command(end, arguments), env={"PATH": os.environ["PATH"], **(variables or {})}, stdout=log, stderr=log)
        log.close()
        self.processes.append(process)
        return process

    def run(self, end, arguments, variables=None, check=True, limit=180):
        done = subprocess.run(
            self.command(end, arguments), env={"PATH": os.environ["PATH"], **(variables or {})}, capture_output=True,
            text=True, timeout=limit)
        if check and done.returncode:
            raise AssertionError(f"{end}: {arguments}: {done.stdout}{done.stderr}")
        return done

    def listen(self, end, port):
        self.start(end, [sys.executable, "-c", LISTENER, port])

    def probe(self, source, target, port, limit=3.0):
        """open, refused or timeout."""
        address = self.ends[target].address
        return self.run(source, [sys.executable, "-I", "-c", PROBE, address, port, limit]).stdout.strip()

    def wait_open(self, source, target, port, deadline=60):
        end = time.monotonic() + deadline
        while self.probe(source, target, port) != "open":
            if time.monotonic() > end:
                raise AssertionError(f"nobody listens at {target}:{port}")
            time.sleep(0.2)

    def logs(self):
        return {path.name: path.read_text()[-2000:] for path in self.folder.glob("*.log")}


def ruleset(policies, everyone):
    """nftables rules of the policies: each pod that a policy selects has a chain for each direction, whose rules return
    and whose end drops. Answers of established connections pass."""
    pods = [end for end in everyone if end.namespace == NAMESPACE]
    chains, jumps = [], []
    for index, pod in enumerate(pods):
        for direction, own, other in (("Egress", "saddr", "daddr"), ("Ingress", "daddr", "saddr")):
            selecting = [p["spec"] for p in policies
                         if direction in p["spec"]["policyTypes"] and matches(p["spec"]["podSelector"], pod.labels)]
            if not selecting:
                continue
            name = f"{direction.lower()}_{index}"
            jumps.append(f"    ip {own} {pod.address} jump {name}")
            rules = [line for spec in selecting for rule in spec.get(direction.lower(), [])
                     for line in translate(rule, direction, pod, everyone, other)]
            chains.append(f"  chain {name} {{\n" + "".join(f"    {rule} return\n" for rule in rules) + "    drop\n  }")
    return ["table inet policies {", *chains,
            "  chain forward {", "    type filter hook forward priority 0; policy accept;",
            "    ct state established,related accept", *jumps, "  }", "}"]


def translate(rule, direction, pod, everyone, other):
    """Matches of one rule, without its verdict."""
    peers = rule.get("to" if direction == "Egress" else "from")
    for peer in peers if peers else [{"ipBlock": {"cidr": "0.0.0.0/0"}}]:
        if "ipBlock" in peer:
            block = peer["ipBlock"]
            if ":" in block["cidr"]:
                continue
            excluded = ", ".join(block.get("except", []))
            match = f"ip {other} {block['cidr']}" + (f" ip {other} != {{ {excluded} }}" if excluded else "")
            targets = [(match, None)]
        else:
            targets = [(f"ip {other} {end.address}", end) for end in everyone if _is_peer(peer, end)]
        for match, end in targets:
            receiver = end if direction == "Egress" else pod
            for port in rule.get("ports", [{}]):
                number = port.get("port")
                protocol = port.get("protocol", "TCP").lower()
                if isinstance(number, str):
                    number = next((n for p, n, name in (receiver.ports if receiver else [])
                                   if name == number and p.lower() == protocol), None)
                    if number is None:
                        continue
                yield f"{match} {protocol} dport {number}" if number else match


def _is_peer(peer, end):
    if not end.is_pod:
        return False
    if "namespaceSelector" in peer:
        labels = {"kubernetes.io/metadata.name": end.namespace}
        return matches(peer["namespaceSelector"], labels) and matches(peer.get("podSelector", {}), end.labels)
    return end.namespace == NAMESPACE and matches(peer["podSelector"], end.labels)
