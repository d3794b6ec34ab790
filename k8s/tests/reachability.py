"""Who can reach whom, computed from rendered network policies as Kubernetes defines them: a pod that some policy selects
for a direction is closed in it but for the union of the rules; a connection needs the egress of one end and the ingress
of the other. Named ports are looked up at the receiving pod."""

import ipaddress
from dataclasses import dataclass, field

from manifests import NAMESPACE, matches, of_kind, operated, workloads

# A port that nothing here declares: a rule that opens everything shows by it.
UNDECLARED = 31337


@dataclass
class End:
    """One end of a connection: a pod, or an address outside of the cluster."""

    name: str
    address: str
    namespace: str | None = None
    labels: dict = field(default_factory=dict)
    ports: list = field(default_factory=list)
    workload: object = None

    @property
    def is_pod(self):
        return self.namespace is not None


def ends(objects):
    """Every workload, the pods of others that policies speak of, and addresses that stand for parts of the world."""
    found = []
    for index, workload in enumerate(workloads(objects) + operated(objects)):
        # A Job's name carries the version, which is no matter here.
        name = "setup" if workload.kind == "Job" else workload.name
        ports = [(protocol, number, port) for port, protocol, number in workload.ports]
        found.append(End(name, f"10.244.1.{10 + index}", NAMESPACE, workload.labels, ports, workload))
    found += [
        End("another pod in bursar", "10.244.1.200", NAMESPACE, {"app": "stranger"}),
        End("ingress controller", "10.244.2.1", "ingress-nginx", {
            "app.kubernetes.io/name": "ingress-nginx", "app.kubernetes.io/component": "controller"}),
        End("another pod beside the ingress controller", "10.244.2.2", "ingress-nginx", {"app": "stranger"}),
        End("DNS", "10.244.2.3", "kube-system", {"k8s-app": "kube-dns"}, [("UDP", 53, "dns"), ("TCP", 53, "dns-tcp")]),
        End("Prometheus", "10.244.2.4", "monitoring", {"app.kubernetes.io/name": "prometheus"}, [("TCP", 9090, "web")]),
        End("OTLP collector", "10.244.2.5", "observability", {
            "app.kubernetes.io/name": "opentelemetry-collector"}, [("TCP", 4317, "otlp"), ("TCP", 4318, "otlp-http")]),
        End("CloudNativePG's operator", "10.244.2.6", "cnpg-system", {"app.kubernetes.io/name": "cloudnative-pg"}),
        End("a pod of another namespace", "10.244.2.7", "default", {"app": "stranger"}),
        End("the internet", "140.82.112.3"),
        End("the internet (IPv6)", "2606:50c0:8000::153"),
        End("private networks", "10.20.30.40"),
        End("private networks (172.16/12)", "172.16.0.1"),
        End("private networks (192.168/16)", "192.168.1.1"),
        End("private networks (IPv6)", "fd00::1"),
        End("metadata service of a cloud", "169.254.169.254"),
        End("an external PostgreSQL", "192.0.2.10"),
    ]
    return found


# Tried at every end that is no workload, beside what it declares.
COMMON_PORTS = [("TCP", 443, "https"), ("TCP", 80, "http"), ("TCP", 5432, "postgresql"), ("TCP", 6443, "kubernetes"),
                ("UDP", 53, "dns"), ("TCP", 4222, "nats")]


def ports_of(end):
    declared = list(end.ports)
    if end.workload is None:
        declared += [port for port in COMMON_PORTS if port[:2] not in [p[:2] for p in declared]]
    return declared + [("TCP", UNDECLARED, "any other"), ("UDP", UNDECLARED, "any other, UDP")]


def _peer_matches(peer, end):
    if "ipBlock" in peer:
        address = ipaddress.ip_address(end.address)
        inside = [ipaddress.ip_network(block) for block in [peer["ipBlock"]["cidr"]]]
        outside = [ipaddress.ip_network(block) for block in peer["ipBlock"].get("except", [])]
        return any(address in n for n in inside if n.version == address.version) and not any(
            address in n for n in outside if n.version == address.version)
    if not end.is_pod:
        return False
    if "namespaceSelector" in peer:
        if not matches(peer["namespaceSelector"], {"kubernetes.io/metadata.name": end.namespace}):
            return False
    elif end.namespace != NAMESPACE:
        return False
    return matches(peer.get("podSelector", {}), end.labels)


def _port_matches(rule, receiver, protocol, number):
    if not rule.get("ports"):
        return True
    for port in rule["ports"]:
        if port.get("protocol", "TCP") != protocol:
            continue
        wanted = port.get("port")
        if isinstance(wanted, str):
            wanted = next((n for p, n, name in receiver.ports if name == wanted and p == protocol), None)
            if wanted == number:
                return True
        elif wanted is None or wanted <= number <= port.get("endPort", wanted):
            return True
    return False


def allows(policies, direction, pod, other, protocol, number):
    """Whether the policies of one pod let the connection pass in one direction."""
    if pod.namespace != NAMESPACE:
        return True
    selecting = [p["spec"] for p in policies
                 if direction.capitalize() in p["spec"]["policyTypes"] and matches(p["spec"]["podSelector"], pod.labels)]
    if not selecting:
        return True
    receiver = pod if direction == "ingress" else other
    return any(
        any(_peer_matches(peer, other) for peer in rule.get("from" if direction == "ingress" else "to", [{}]))
        and _port_matches(rule, receiver, protocol, number)
        for spec in selecting for rule in spec.get(direction, []))


def matrix(objects):
    """Every connection that can be made and has an end in the namespace: from, to, protocol, number, name of the port."""
    policies = of_kind(objects, "NetworkPolicy")
    everyone = ends(objects)
    for source in everyone:
        for target in everyone:
            if NAMESPACE not in (source.namespace, target.namespace):
                continue
            if source is target and source.workload is None:
                continue
            for protocol, number, name in ports_of(target):
                if allows(policies, "egress", source, target, protocol, number) and allows(
                        policies, "ingress", target, source, protocol, number):
                    yield source.name, target.name, protocol, number, name


def table(objects):
    """The matrix in Markdown: a row for each pair that can connect. What has no row is closed."""
    rows = {}
    for source, target, protocol, number, name in matrix(objects):
        port = name if number == UNDECLARED else f"{number}" + ("/udp" if protocol == "UDP" else "")
        rows.setdefault((source, target), []).append(port)
    lines = ["| from | to | ports |", "|---|---|---|"]
    lines += [f"| {source} | {target} | {', '.join(ports)} |" for (source, target), ports in rows.items()]
    return "\n".join(lines) + "\n"
