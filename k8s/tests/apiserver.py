"""Applies every overlay, twice, to a real API server: that of KUBECONFIG, or one started for it from
../shared/kube beside the checkout. What was applied is taken away again, but for the namespace of a server of our own."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from manifests import NAMESPACE, OVERLAYS, ROOT, render_text

TOOLS = ROOT.parent / "shared/kube"
BINARIES = Path(os.environ.get("TOOLS_DIRECTORY", ROOT / ".bursar/tools")) / "kube-server"

# Of CloudNativePG, just enough to store its objects.
DEFINITIONS = "\n---\n".join(f"""
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {{name: {plural}.postgresql.cnpg.io}}
spec:
  group: postgresql.cnpg.io
  scope: Namespaced
  names: {{plural: {plural}, singular: {kind.lower()}, kind: {kind}}}
  versions:
    - name: v1
      served: true
      storage: true
      schema: {{openAPIV3Schema: {{type: object, x-kubernetes-preserve-unknown-fields: true}}}}
""" for plural, kind in (("clusters", "Cluster"), ("databases", "Database")))


def kubectl(*arguments, text=None, check=True):
    done = subprocess.run(["kubectl", *arguments], input=text, capture_output=True, text=True, timeout=300)
    if check and done.returncode:
        raise AssertionError(f"kubectl {' '.join(arguments)}: {done.stderr}")
    return done


def minor_version():
    import json
    return int(re.match(r"\d+", json.loads(kubectl("version", "-o", "json").stdout)["serverVersion"]["minor"])[0])


def translated(text, minor):
    """For servers before 1.23, which know two kinds in their older versions only, with the same fields as used here."""
    if minor >= 23:
        return text
    return re.sub(r"autoscaling/v2$", "autoscaling/v2beta2", re.sub(r"policy/v1$", "policy/v1beta1", text, flags=re.M),
                  flags=re.M)


def check(own_server):
    minor = minor_version()
    if not own_server and kubectl("get", "namespace", NAMESPACE, check=False).returncode == 0:
        raise AssertionError(f"the namespace {NAMESPACE} is there already, and stays as it is: use another cluster")
    has_postgres = kubectl("get", "crd", "clusters.postgresql.cnpg.io", check=False).returncode == 0
    if own_server and not has_postgres:
        kubectl("apply", "-f", "-", text=DEFINITIONS)
        kubectl("wait", "--for=condition=Established", "--timeout=30s", "crd", "clusters.postgresql.cnpg.io",
                "databases.postgresql.cnpg.io")
        has_postgres = True
    for overlay in OVERLAYS:
        text = translated(render_text(f"overlays/{overlay}"), minor)
        if "postgresql.cnpg.io" in text and not has_postgres:
            print(f"kube-check: {overlay} skipped: CloudNativePG is not in this cluster")
            continue
        try:
            counts = []
            for _ in range(2):
                done = kubectl("apply", "-f", "-", text=text)
                lines = done.stdout.splitlines()
                if warnings := [line for line in done.stderr.splitlines() if "skew" not in line]:
                    raise AssertionError(f"{overlay}: {warnings}")
                counts.append(len(lines))
            created = [line for line in lines if line.endswith(" created")]
            if created:
                raise AssertionError(f"{overlay}: the second apply made {created}")
            print(f"kube-check: {overlay}: {counts[0]} objects applied, twice, to Kubernetes 1.{minor}")
        finally:
            remove(text, own_server)
    broken = translated(render_text("overlays/dev"), minor).replace("protocol: TCP", "protocol: TCQ")
    if kubectl("create", "--dry-run=server", "-f", "-", text=broken, check=False).returncode == 0:
        raise AssertionError("the server takes what is broken")


def remove(text, own_server):
    """A server without controllers never ends the removal of a namespace."""
    if own_server:
        parts = [part for part in text.split("\n---\n") if not re.search(r"^kind: Namespace$", part, re.M)]
        kubectl("delete", "--ignore-not-found", "--cascade=background", "--wait=false", "-f", "-", text="\n---\n".join(parts))
    else:
        kubectl("delete", "--ignore-not-found", "-f", "-", text=text)


def own_server(folder):
    """Starts one, built the first time, which takes minutes."""
    binary = BINARIES / "bin/kube-apiserver"
    if not binary.exists():
        print("kube-check: building kube-apiserver, once, in minutes", flush=True)
        subprocess.run([TOOLS / "build-server", BINARIES, "kube-apiserver"], check=True, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL, timeout=3600)
        for part in BINARIES.iterdir():
            if part.name != "bin":
                shutil.rmtree(part, ignore_errors=True)
    import socket
    for _ in range(20):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        if port < 65000:
            break
    # Its children keep the standard streams for as long as they live.
    with open(Path(folder) / "start.log", "w") as log:
        subprocess.run([TOOLS / "start-server", BINARIES / "bin", folder, str(port)], check=True, stdout=log, stderr=log,
                       timeout=180)
    os.environ["KUBECONFIG"] = f"{folder}/kubeconfig"


def stop(folder):
    for file in Path(folder).glob("*.pid"):
        try:
            os.kill(int(file.read_text()), 15)
        except (ProcessLookupError, ValueError):
            pass


def reason_to_skip(only_cached):
    """None where there is a server to ask."""
    if os.environ.get("KUBECONFIG"):
        return None
    if not TOOLS.exists():
        return "no KUBECONFIG, and no ../shared/kube to make a server with"
    if shutil.which("etcd") is None:
        return "no etcd (Debian's etcd-server)"
    if only_cached and not (BINARIES / "bin/kube-apiserver").exists():
        return "kube-apiserver is not built yet: `just kube-check` does"
    return None


def main(only_cached=False):
    if reason := reason_to_skip(only_cached):
        print(f"kube-check: skipped: {reason}")
        return
    if os.environ.get("KUBECONFIG"):
        return check(own_server=False)
    with tempfile.TemporaryDirectory(prefix="bursar-kube.") as folder:
        try:
            own_server(folder)
            check(own_server=True)
        finally:
            stop(folder)


if __name__ == "__main__":
    main(only_cached="--only-cached" in sys.argv)
