"""Rendered overlays, and the pods in them."""

import copy
import functools
import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
K8S = ROOT / "k8s"
NAMESPACE = "bursar"
OVERLAYS = sorted(path.parent.name for path in (K8S / "overlays").glob("*/kustomization.yaml"))


@functools.cache
def render_text(folder):
    """What `kubectl kustomize` makes of a folder of k8s/."""
    done = subprocess.run(["kubectl", "kustomize", str(K8S / folder)], capture_output=True, text=True, timeout=120)
    if done.returncode:
        raise AssertionError(f"{folder} does not render: {done.stderr}")
    return done.stdout


@functools.cache
def _parsed(folder):
    return list(yaml.safe_load_all(render_text(folder)))


def render(overlay, of="overlays"):
    """The objects of an overlay, the caller's own."""
    return copy.deepcopy(_parsed(f"{of}/{overlay}"))


@dataclass
class Workload:
    """What makes pods."""

    kind: str
    name: str
    labels: dict
    annotations: dict
    spec: dict
    owner: dict

    @property
    def containers(self):
        return self.spec.get("containers", [])

    @property
    def all_containers(self):
        return self.spec.get("initContainers", []) + self.containers

    @property
    def ports(self):
        """Declared ports: name, protocol, number."""
        return [
            (port["name"], port.get("protocol", "TCP"), port["containerPort"])
            for container in self.containers
            for port in container.get("ports", [])
        ]

    def port(self, name, protocol="TCP"):
        """The number of a port given by name or number; None where there is no such name."""
        if isinstance(name, int):
            return name
        return next((number for n, p, number in self.ports if n == name and p == protocol), None)

    @property
    def volumes_claimed(self):
        return [claim["metadata"]["name"] for claim in self.owner.get("volumeClaimTemplates", [])]

    def __str__(self):
        return f"{self.kind} {self.name}"


def workloads(objects):
    """Those of the objects, without the pods that an operator of another project makes."""
    found = []
    for item in objects:
        if item["kind"] in ("Deployment", "StatefulSet", "DaemonSet", "Job"):
            template = item["spec"]["template"]
            metadata = template.get("metadata", {})
            found.append(
                Workload(item["kind"], item["metadata"]["name"], metadata.get("labels", {}),
                         metadata.get("annotations", {}), template["spec"], item["spec"]))
    return found


def operated(objects):
    """Pods that CloudNativePG's operator makes, as far as policies are concerned: their labels and ports."""
    return [
        Workload("Cluster", item["metadata"]["name"],
                 {"cnpg.io/cluster": item["metadata"]["name"], "cnpg.io/podRole": "instance"}, {},
                 {"containers": [{"name": "postgres", "ports": [
                     {"name": "postgresql", "containerPort": 5432}, {"name": "status", "containerPort": 8000},
                     {"name": "metrics", "containerPort": 9187}]}]}, {})
        for item in objects if item["kind"] == "Cluster"
    ]


def of_kind(objects, *kinds):
    return [item for item in objects if item["kind"] in kinds]


def matches(selector, labels):
    """A label selector; one that is empty matches everything, one that is missing nothing."""
    if selector is None:
        return False
    for key, value in (selector.get("matchLabels") or {}).items():
        if labels.get(key) != value:
            return False
    for term in selector.get("matchExpressions") or []:
        value, values = labels.get(term["key"]), term.get("values", [])
        held = {
            "In": value in values,
            "NotIn": value not in values,
            "Exists": term["key"] in labels,
            "DoesNotExist": term["key"] not in labels,
        }[term["operator"]]
        if not held:
            return False
    return True


def find(objects, kind, name):
    """The object of that name, without a Job's version and the hash of what is generated."""
    for item in objects:
        own = item["metadata"]["name"]
        if item["kind"] == kind and (
                own == name or kind == "Job" and own.startswith(name + "-")
                or kind == "ConfigMap" and re.fullmatch(re.escape(name) + "-[a-z0-9]{10}", own)):
            return item
    raise KeyError(f"{kind} {name}")


def pod(objects, kind, name):
    return find(objects, kind, name)["spec"]["template"]["spec"]


@functools.cache
def documented_secrets():
    """Secrets that the README says how to make, with their keys."""
    text = (K8S / "README.md").read_text().replace("\\\n", " ")
    secrets = {}
    for line in re.findall(r"kubectl .*?create secret .*", text):
        kind, name = re.search(r"create secret (\S+) (?:--type=\S+ )?(\S+)", line).groups()
        keys = set(re.findall(r"--from-(?:literal|file)=([\w.-]+)=", line))
        secrets.setdefault(name, set()).update(keys | ({"tls.crt", "tls.key"} if kind == "tls" else set()))
    for name, patch in re.findall(r"patch secret (\S+)(.*?)```", text, re.DOTALL):
        secrets.setdefault(name, set()).update(re.findall(r'\\?"([a-z]+(?:-[a-z]+)+)\\?":', patch))
    return secrets


def environment(container, objects, secrets=None):
    """What the container's process finds in its environment, as the kubelet would make it.

    `secrets` has values of secrets that are not rendered: name to key to value."""
    import base64

    def config_map(name):
        return find(objects, "ConfigMap", name).get("data", {})

    def secret(name):
        if secrets and name in secrets:
            return secrets[name]
        return {key: base64.b64decode(value).decode() for key, value in find(objects, "Secret", name)["data"].items()}

    values = {}
    for source in container.get("envFrom", []):
        values.update(config_map(source["configMapRef"]["name"]))
    for entry in container.get("env", []):
        origin = entry.get("valueFrom", {})
        if "secretKeyRef" in origin:
            value = secret(origin["secretKeyRef"]["name"]).get(origin["secretKeyRef"]["key"])
            if value is None and origin["secretKeyRef"].get("optional"):
                continue
        elif "configMapKeyRef" in origin:
            value = config_map(origin["configMapKeyRef"]["name"])[origin["configMapKeyRef"]["key"]]
        elif "fieldRef" in origin:
            value = "pod-0"
        else:
            value = re.sub(r"\$\((\w+)\)", lambda match: values.get(match[1], match[0]), entry.get("value", ""))
        values[entry["name"]] = value
    return values


def bursar():
    """The executable, or None where none is built."""
    path = Path(os.environ.get("BURSAR", ROOT / ".build/debug/bursar"))
    return str(path) if path.exists() else None
