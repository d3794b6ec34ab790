"""What must hold of the objects of an overlay, found by looking at them together. Each check yields what is wrong."""

import re

from manifests import NAMESPACE, ROOT, documented_secrets, find, matches, of_kind, operated, workloads

SERVICES_DRAIN = int(re.search(
    r"gracePeriod = Duration.seconds\((\d+)\)", (ROOT / "Platform/Runtime/ServiceProcess.swift").read_text())[1])
VERSION = re.search(
    r'version = "([^"]+)"', (ROOT / "Platform/Runtime/BuildInformation.swift").read_text())[1]
LARGEST_WEBHOOK = 25 * 1024 * 1024


def problems(objects):
    return [problem for check in CHECKS for problem in check(objects)]


def namespaces_and_names(objects):
    seen = set()
    for item in objects:
        key = (item["kind"], item["metadata"]["name"])
        if key in seen:
            yield f"{key} is there twice"
        seen.add(key)
        if item["kind"] != "Namespace" and item["metadata"].get("namespace") != NAMESPACE:
            yield f"{key} is in another namespace"
    labels = find(objects, "Namespace", NAMESPACE)["metadata"].get("labels", {})
    for mode in ("enforce", "audit", "warn"):
        if labels.get(f"pod-security.kubernetes.io/{mode}") != "restricted":
            yield f"the namespace does not {mode} the restricted Pod Security Standard"


def selectors(objects):
    pods = workloads(objects)
    for item in of_kind(objects, "Deployment", "StatefulSet"):
        template = item["spec"]["template"]
        labels = template["metadata"]["labels"]
        if not matches(item["spec"]["selector"], labels):
            yield f"{item['kind']} {item['metadata']['name']}: its selector misses its own pods"
        others = [p for p in pods if p.name != item["metadata"]["name"] and matches(item["spec"]["selector"], p.labels)]
        if others:
            yield f"{item['kind']} {item['metadata']['name']}: its selector matches pods of {others[0]}"
        spread = template["spec"].get("topologySpreadConstraints", [])
        affinity = template["spec"].get("affinity", {}).get("podAntiAffinity", {})
        apart = affinity.get("requiredDuringSchedulingIgnoredDuringExecution", [])
        for term in spread + apart:
            if not matches(term["labelSelector"], labels):
                yield f"{item['kind']} {item['metadata']['name']}: spreads pods that are not its own"
    for item in of_kind(objects, "PodDisruptionBudget"):
        if not any(matches(item["spec"]["selector"], p.labels) for p in pods):
            yield f"PodDisruptionBudget {item['metadata']['name']}: matches no pod"
    for item in of_kind(objects, "HorizontalPodAutoscaler"):
        target = item["spec"]["scaleTargetRef"]
        if not any(p.kind == target["kind"] and p.name == target["name"] for p in pods):
            yield f"HorizontalPodAutoscaler {item['metadata']['name']}: its target is not there"
        if "behavior" not in item["spec"]:
            yield f"HorizontalPodAutoscaler {item['metadata']['name']}: has no behaviour"
        for deployment in of_kind(objects, "Deployment"):
            if deployment["metadata"]["name"] == target["name"] and "replicas" in deployment["spec"]:
                yield f"Deployment {target['name']}: replicas would undo its autoscaler at each apply"
    for item in of_kind(objects, "StatefulSet"):
        service = item["spec"]["serviceName"]
        if not any(s["metadata"]["name"] == service for s in of_kind(objects, "Service")):
            yield f"StatefulSet {item['metadata']['name']}: its service {service} is not there"


def services(objects):
    pods = workloads(objects)
    for service in of_kind(objects, "Service"):
        name = service["metadata"]["name"]
        if service["spec"].get("type", "ClusterIP") != "ClusterIP":
            yield f"Service {name}: reachable from outside of the cluster"
        selected = [p for p in pods if matches({"matchLabels": service["spec"]["selector"]}, p.labels)]
        if len(selected) != 1:
            yield f"Service {name}: selects {len(selected)} workloads"
        for port in service["spec"]["ports"]:
            for p in selected:
                target = port.get("targetPort", port["port"])
                if p.port(target) not in [number for _, _, number in p.ports]:
                    yield f"Service {name}: {p} has no port {target}"
    calculator = find(objects, "Service", "calculator")
    if calculator["spec"].get("clusterIP") != "None":
        yield "Service calculator: is not headless, so the gateway sees one address"


def references(objects):
    documented = documented_secrets()

    def keys(kind, name):
        """None where there is no such object."""
        for item in of_kind(objects, kind):
            if item["metadata"]["name"] == name:
                return set(item.get("data", {}))
        return documented.get(name) if kind == "Secret" else None

    def missing(kind, name, key=None):
        found = keys(kind, name)
        if found is None:
            return f"{kind} {name} is not there, and README.md does not make it"
        if key is not None and key not in found:
            return f"{kind} {name} has no key {key}"
        return None

    def is_optional(reference):
        """May be missing, as long as README.md says how it is made."""
        return reference.get("optional") and reference["key"] in (documented.get(reference["name"]) or ())

    for p in workloads(objects):
        found = []
        for container in p.all_containers:
            for source in container.get("envFrom", []):
                if "configMapRef" in source:
                    found.append(missing("ConfigMap", source["configMapRef"]["name"]))
                if "secretRef" in source:
                    found.append(missing("Secret", source["secretRef"]["name"]))
            known = set()
            for source in container.get("envFrom", []):
                known |= keys("ConfigMap", source.get("configMapRef", {}).get("name")) or set()
            for entry in container.get("env", []):
                origin = entry.get("valueFrom", {})
                for field, kind in (("secretKeyRef", "Secret"), ("configMapKeyRef", "ConfigMap")):
                    if field in origin and not is_optional(origin[field]):
                        found.append(missing(kind, origin[field]["name"], origin[field]["key"]))
                for variable in re.findall(r"\$\((\w+)\)", entry.get("value", "")):
                    if variable not in known:
                        found.append(f"{entry['name']} uses {variable}, which is not defined before it")
                known.add(entry["name"])
            volumes = {v["name"] for v in p.spec.get("volumes", [])} | set(p.volumes_claimed)
            for mount in container.get("volumeMounts", []):
                if mount["name"] not in volumes:
                    found.append(f"volume {mount['name']} is not there")
        mounted = {m["name"] for c in p.all_containers for m in c.get("volumeMounts", [])}
        for volume in p.spec.get("volumes", []):
            if volume["name"] not in mounted:
                found.append(f"volume {volume['name']} is not mounted")
            sources = [volume] + volume.get("projected", {}).get("sources", [])
            for source in sources:
                if "configMap" in source:
                    found.append(missing("ConfigMap", source["configMap"]["name"]))
                if "secret" in source:
                    name = source["secret"].get("secretName", source["secret"].get("name"))
                    found.append(missing("Secret", name))
                    for item in source["secret"].get("items", []):
                        if not is_optional({**source["secret"], **item, "name": name}):
                            found.append(missing("Secret", name, item["key"]))
            if "emptyDir" in volume and "sizeLimit" not in volume["emptyDir"]:
                found.append(f"volume {volume['name']} has no limit")
        account = p.spec.get("serviceAccountName", "default")
        accounts = {a["metadata"]["name"]: a for a in of_kind(objects, "ServiceAccount")}
        if account not in accounts:
            found.append(f"ServiceAccount {account} is not there")
        elif accounts[account].get("automountServiceAccountToken") is not False:
            found.append(f"ServiceAccount {account} hands out tokens")
        yield from (f"{p}: {text}" for text in found if text)
    for item in of_kind(objects, "Cluster"):
        for role in item["spec"]["managed"]["roles"]:
            for key in ("username", "password"):
                if text := missing("Secret", role["passwordSecret"]["name"], key):
                    yield f"Cluster {item['metadata']['name']}: {text}"
        databases = [d for d in of_kind(objects, "Database") if d["spec"]["cluster"]["name"] == item["metadata"]["name"]]
        owners = {role["name"] for role in item["spec"]["managed"]["roles"]}
        for database in databases:
            if database["spec"]["owner"] not in owners:
                yield f"Database {database['metadata']['name']}: no role {database['spec']['owner']} owns it"
    for item in of_kind(objects, "Ingress"):
        for tls in item["spec"].get("tls", []):
            if text := missing("Secret", tls["secretName"], "tls.crt"):
                yield f"Ingress {item['metadata']['name']}: {text}"


def quantity(text):
    """In cores or bytes."""
    number, unit = re.fullmatch(r"([0-9.]+)([A-Za-z]*)", str(text)).groups()
    scale = {"": 1, "m": 0.001, "k": 1e3, "M": 1e6, "G": 1e9, "Ki": 2**10, "Mi": 2**20, "Gi": 2**30}
    return float(number) * scale[unit]


def containers(objects):
    for p in workloads(objects):
        found = []
        context = p.spec.get("securityContext", {})
        if context.get("runAsNonRoot") is not True or not context.get("runAsUser") or not context.get("runAsGroup"):
            found.append("runs as root, or as nobody in particular")
        if context.get("seccompProfile", {}).get("type") != "RuntimeDefault":
            found.append("has no seccomp profile")
        if p.spec.get("automountServiceAccountToken") is not False:
            found.append("mounts a service account token")
        if p.spec.get("enableServiceLinks") is not False:
            found.append("takes the variables of services, which collide with our keys")
        for field in ("hostNetwork", "hostPID", "hostIPC"):
            if p.spec.get(field):
                found.append(f"has {field}")
        for volume in p.spec.get("volumes", []):
            kinds = set(volume) - {"name"}
            if not kinds <= {"configMap", "secret", "emptyDir", "projected"}:
                found.append(f"volume {volume['name']} is of a kind that is not restricted: {kinds}")
        for c in p.all_containers:
            own = c.get("securityContext", {})
            if own.get("allowPrivilegeEscalation") is not False:
                found.append(f"{c['name']} may gain privileges")
            if own.get("readOnlyRootFilesystem") is not True:
                found.append(f"{c['name']} may write to its root")
            if own.get("capabilities") != {"drop": ["ALL"]}:
                found.append(f"{c['name']} has capabilities")
            if own.get("privileged") or own.get("runAsUser") == 0 or own.get("runAsNonRoot") is False:
                found.append(f"{c['name']} is privileged")
            for resource in ("cpu", "memory"):
                limit = c.get("resources", {}).get("limits", {}).get(resource)
                request = c.get("resources", {}).get("requests", {}).get(resource)
                if limit is None or request is None:
                    found.append(f"{c['name']} has no request or limit of {resource}")
                elif quantity(request) > quantity(limit):
                    found.append(f"{c['name']} requests more {resource} than its limit")
            image, _, tag = c["image"].rpartition(":")
            if not image or tag in ("", "latest"):
                found.append(f"{c['name']} has an image without a version")
            names = [port.get("name") for port in c.get("ports", [])]
            for probe in ("startupProbe", "livenessProbe", "readinessProbe"):
                if probe not in c:
                    if p.kind != "Job" and c in p.containers:
                        found.append(f"{c['name']} has no {probe}")
                    continue
                http = c[probe].get("httpGet")
                if http and http["port"] not in names:
                    found.append(f"{c['name']}: {probe} asks at a port {http['port']} that is not there")
        for name, protocol, number in p.ports:
            if [n for _, t, n in p.ports].count(number) > 1 or [n for n, _, _ in p.ports].count(name) > 1:
                found.append(f"port {name} ({number}) is there twice")
        yield from (f"{p}: {text}" for text in found)


def shutdown(objects):
    """preStop, then the drain, and both within the grace period."""
    for p in workloads(objects):
        if p.kind != "Deployment":
            continue
        hook = p.containers[0].get("lifecycle", {}).get("preStop", {}).get("exec", {}).get("command", [])
        if len(hook) != 2 or hook[0] != "sleep":
            yield f"{p}: no preStop lets the endpoints forget its pods"
            continue
        grace = p.spec.get("terminationGracePeriodSeconds", 30)
        if grace < int(hook[1]) + SERVICES_DRAIN + 1:
            yield f"{p}: {grace} s are too few for preStop and a drain of {SERVICES_DRAIN} s"


def policies(objects):
    pods = workloads(objects) + operated(objects)
    found = of_kind(objects, "NetworkPolicy")
    for p in pods:
        for direction in ("Ingress", "Egress"):
            if not any(direction in x["spec"]["policyTypes"] and matches(x["spec"]["podSelector"], p.labels) for x in found):
                yield f"{p}: no policy closes its {direction}"
    for policy in found:
        name, spec = policy["metadata"]["name"], policy["spec"]
        selected = [p for p in pods if matches(spec["podSelector"], p.labels)]
        if not selected:
            yield f"NetworkPolicy {name}: selects no pod"
        for direction in ("ingress", "egress"):
            if spec.get(direction) and direction.capitalize() not in spec["policyTypes"]:
                yield f"NetworkPolicy {name}: has rules of a direction that is not its own"
            for rule in spec.get(direction, []):
                peers = rule.get("from" if direction == "ingress" else "to", [])
                if not peers:
                    yield f"NetworkPolicy {name}: a rule without peers opens {direction} to everyone"
                if not rule.get("ports"):
                    yield f"NetworkPolicy {name}: a rule without ports opens all of them"
                inside = [p for peer in peers if "podSelector" in peer and "namespaceSelector" not in peer
                          for p in pods if matches(peer["podSelector"], p.labels)]
                for peer in peers:
                    if "podSelector" in peer and "namespaceSelector" not in peer and not any(
                            matches(peer["podSelector"], p.labels) for p in pods):
                        yield f"NetworkPolicy {name}: names pods that are not there"
                for port in rule.get("ports", []):
                    if isinstance(port["port"], str):
                        targets = selected if direction == "ingress" else inside
                        for p in targets:
                            if p.port(port["port"], port.get("protocol", "TCP")) is None:
                                yield f"NetworkPolicy {name}: {p} has no port {port['port']}"


def ingress(objects):
    """The gateway at /, the bounty service at exactly /webhooks/github, with TLS, and nothing else."""
    paths = set()
    for item in of_kind(objects, "Ingress"):
        name, spec = item["metadata"]["name"], item["spec"]
        hosts = {host for tls in spec.get("tls", []) for host in tls["hosts"]}
        if "defaultBackend" in spec:
            yield f"Ingress {name}: has a default backend"
        for rule in spec["rules"]:
            if rule.get("host") not in hosts:
                yield f"Ingress {name}: {rule.get('host')} is without TLS"
            for path in rule["http"]["paths"]:
                service = path["backend"]["service"]
                paths.add((path["path"], path["pathType"], service["name"]))
                ports = [p["name"] for s in of_kind(objects, "Service") if s["metadata"]["name"] == service["name"]
                         for p in s["spec"]["ports"]]
                if service["port"].get("name") not in ports:
                    yield f"Ingress {name}: service {service['name']} has no port {service['port']}"
                if service["name"] == "bounty":
                    size = item["metadata"].get("annotations", {}).get(
                        "nginx.ingress.kubernetes.io/proxy-body-size", "1m")
                    if int(size.rstrip("m")) * 2**20 <= LARGEST_WEBHOOK:
                        yield f"Ingress {name}: bodies of 25 MB are too large for it"
    wanted = {("/", "Prefix", "gateway"), ("/webhooks/github", "Exact", "bounty")}
    if paths != wanted:
        yield f"the ingresses lead to {sorted(paths)}, and not to {sorted(wanted)}"


def versions(objects):
    """The Job's name carries the image's version, and that is what is built here."""
    images = {c["image"] for p in workloads(objects) for c in p.all_containers
              if re.search(r"(^|/)bursar(:|$)", c["image"])}
    if len(images) != 1:
        yield f"bursar runs in more than one version: {images}"
    for image in images:
        tag = image.rpartition(":")[2]
        if tag != VERSION:
            yield f"the image is {tag}, and the sources are {VERSION}"
        if not any(job["metadata"]["name"] == f"setup-{tag}" for job in of_kind(objects, "Job")):
            yield f"the setup Job is not named after {tag}"
    for job in of_kind(objects, "Job"):
        # A hash in the Job's template would change it without changing its name.
        hashed = re.compile(r"-[a-z0-9]{10}$")
        template = find([job], "Job", job["metadata"]["name"])["spec"]["template"]["spec"]
        names = re.findall(r"'(?:name|secretName)': '([^']+)'", repr(template))
        for name in names:
            if hashed.search(name):
                yield f"Job {job['metadata']['name']}: {name} changes its template, which cannot change"


def postgres_cluster(objects):
    """CloudNativePG's kinds have no schema here: the fields are those of its API reference, postgresql.cnpg.io/v1."""
    known = {
        "Cluster": {"instances", "imageName", "storage", "primaryUpdateStrategy", "seccompProfile", "affinity",
                    "postgresql", "managed", "resources", "backup", "monitoring"},
        "Database": {"name", "owner", "cluster", "ensure"},
    }
    required = {"Cluster": {"instances", "storage", "managed"}, "Database": {"name", "owner", "cluster"}}
    for item in of_kind(objects, *known):
        kind, name, spec = item["kind"], item["metadata"]["name"], item["spec"]
        if item["apiVersion"] != "postgresql.cnpg.io/v1":
            yield f"{kind} {name}: is of {item['apiVersion']}"
        for field in set(spec) - known[kind]:
            yield f"{kind} {name}: unknown field {field}"
        for field in required[kind] - set(spec):
            yield f"{kind} {name}: no {field}"
        if kind == "Cluster" and not isinstance(spec.get("instances"), int):
            yield f"{kind} {name}: instances is no number"
    clusters = {item["metadata"]["name"] for item in of_kind(objects, "Cluster")}
    for item in of_kind(objects, "Database"):
        if item["spec"].get("cluster", {}).get("name") not in clusters:
            yield f"Database {item['metadata']['name']}: its cluster is not there"


CHECKS = [namespaces_and_names, selectors, services, references, containers, shutdown, policies, ingress, versions,
          postgres_cluster]
