"""Manifests broken on purpose, and what must say so. Each changes the objects of an overlay in one way."""

from manifests import find, pod


def policy(objects, name):
    return find(objects, "NetworkPolicy", name)["spec"]


def container(objects, name, kind="Deployment"):
    return pod(objects, kind, name)["containers"][0]


def remove(objects, kind, name):
    objects.remove(find(objects, kind, name))


def add_policy(objects, name, spec):
    objects.append({"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy",
                    "metadata": {"name": name, "namespace": "bursar"}, "spec": spec})


# Found by looking at the objects together: name, overlay, change, words of the finding.
STRUCTURE = [
    ("a service that selects nothing", "dev",
     lambda o: find(o, "Service", "gateway")["spec"]["selector"].update({"app.kubernetes.io/name": "gate"}),
     "selects 0 workloads"),
    ("a service that selects two", "dev",
     lambda o: find(o, "Service", "gateway")["spec"].update(selector={"app.kubernetes.io/part-of": "bursar"}),
     "Service gateway: selects"),
    ("a service port that no container has", "dev",
     lambda o: find(o, "Service", "bounty")["spec"]["ports"][0].update(targetPort="web"), "has no port web"),
    ("a calculator behind one address", "dev",
     lambda o: find(o, "Service", "calculator")["spec"].pop("clusterIP"), "is not headless"),
    ("a service for the outside", "dev",
     lambda o: find(o, "Service", "nats")["spec"].update(type="LoadBalancer"), "reachable from outside"),
    ("a deployment that misses its pods", "dev",
     lambda o: find(o, "Deployment", "bounty")["spec"]["selector"]["matchLabels"].update(tier="x"),
     "misses its own pods"),
    ("a probe at no port", "dev",
     lambda o: container(o, "calculator")["readinessProbe"]["httpGet"].update(port="metrics"),
     "a port metrics that is not there"),
    ("no liveness probe", "dev", lambda o: container(o, "gateway").pop("livenessProbe"), "no livenessProbe"),
    ("no startup probe", "production", lambda o: container(o, "nats", "StatefulSet").pop("startupProbe"),
     "no startupProbe"),
    ("no memory limit", "dev", lambda o: container(o, "bounty")["resources"]["limits"].pop("memory"),
     "no request or limit of memory"),
    ("a request above its limit", "dev", lambda o: container(o, "bounty")["resources"]["requests"].update(memory="8Gi"),
     "more memory than its limit"),
    ("a writable root", "production",
     lambda o: container(o, "gateway")["securityContext"].update(readOnlyRootFilesystem=False), "write to its root"),
    ("a capability", "production",
     lambda o: container(o, "gateway")["securityContext"].update(capabilities={"drop": ["ALL"], "add": ["NET_RAW"]}),
     "has capabilities"),
    ("root", "production", lambda o: pod(o, "Deployment", "gateway")["securityContext"].update(runAsUser=0),
     "runs as root"),
    ("no seccomp", "production", lambda o: pod(o, "Deployment", "bounty")["securityContext"].pop("seccompProfile"),
     "no seccomp profile"),
    ("a volume of the host", "dev",
     lambda o: pod(o, "Deployment", "bounty")["volumes"][0].update(hostPath={"path": "/"}), "not restricted"),
    ("the host's network", "dev", lambda o: pod(o, "Deployment", "bounty").update(hostNetwork=True), "hostNetwork"),
    ("service links", "dev", lambda o: pod(o, "Deployment", "gateway").pop("enableServiceLinks"),
     "variables of services"),
    ("a token", "dev", lambda o: pod(o, "Deployment", "gateway").pop("automountServiceAccountToken"),
     "service account token"),
    ("an account that hands out tokens", "dev",
     lambda o: find(o, "ServiceAccount", "gateway").pop("automountServiceAccountToken"), "hands out tokens"),
    ("an account that is not there", "dev", lambda o: remove(o, "ServiceAccount", "nats"),
     "ServiceAccount nats is not there"),
    ("a config map that is not there", "dev",
     lambda o: container(o, "gateway")["envFrom"][0]["configMapRef"].update(name="settings"),
     "ConfigMap settings is not there"),
    ("a secret that is not there", "dev", lambda o: remove(o, "Secret", "postgres"), "Secret postgres is not"),
    ("a key that the secret has not", "production",
     lambda o: next(e for e in container(o, "bounty")["env"] if e["name"] == "GITHUB_WEBHOOK_SECRETS")
     ["valueFrom"]["secretKeyRef"].update(key="secret"),
     "github has no key secret"),
    ("a variable used before it is defined", "dev", lambda o: container(o, "gateway")["env"].reverse(),
     "not defined before it"),
    ("a mount without a volume", "dev", lambda o: pod(o, "Deployment", "calculator").pop("volumes"),
     "volume tmp is not there"),
    ("a budget for nobody", "production",
     lambda o: find(o, "PodDisruptionBudget", "gateway")["spec"].update(selector={"matchLabels": {"app": "gateway"}}),
     "matches no pod"),
    ("an autoscaler of nothing", "production",
     lambda o: find(o, "HorizontalPodAutoscaler", "bounty")["spec"]["scaleTargetRef"].update(name="bounties"),
     "its target is not there"),
    ("replicas beside an autoscaler", "production", lambda o: find(o, "Deployment", "bounty")["spec"].update(replicas=2),
     "undo its autoscaler"),
    ("pods spread by the wrong label", "production",
     lambda o: pod(o, "Deployment", "bounty")["topologySpreadConstraints"][0].update(
         labelSelector={"matchLabels": {"app.kubernetes.io/name": "gateway"}}), "spreads pods that are not its own"),
    ("no time to drain", "dev", lambda o: pod(o, "Deployment", "gateway").update(terminationGracePeriodSeconds=20),
     "too few for preStop"),
    ("no preStop", "dev", lambda o: container(o, "gateway").pop("lifecycle"), "no preStop"),
    ("an image without a version", "dev", lambda o: container(o, "gateway").update(image="bursar"), "without a version"),
    ("two versions at once", "dev", lambda o: container(o, "gateway").update(image="bursar:0.2.0"),
     "more than one version"),
    ("a Job without the version", "dev", lambda o: find(o, "Job", "setup")["metadata"].update(name="setup-once"),
     "not named after"),
    ("a Job that would change", "dev",
     lambda o: pod(o, "Job", "setup")["volumes"][-2]["configMap"].update(name="scripts-abcdefgh42"),
     "which cannot change"),
    ("an ingress to another path", "production",
     lambda o: find(o, "Ingress", "github-webhooks")["spec"]["rules"][0]["http"]["paths"][0].update(pathType="Prefix"),
     "the ingresses lead to"),
    ("an ingress to NATS", "production",
     lambda o: find(o, "Ingress", "gateway")["spec"]["rules"][0]["http"]["paths"].append(
         {"path": "/nats", "pathType": "Prefix", "backend": {"service": {"name": "nats", "port": {"name": "client"}}}}),
     "the ingresses lead to"),
    ("an ingress to no port", "production",
     lambda o: find(o, "Ingress", "gateway")["spec"]["rules"][0]["http"]["paths"][0]["backend"]["service"].update(
         port={"name": "web"}), "has no port"),
    ("an ingress without TLS", "production", lambda o: find(o, "Ingress", "gateway")["spec"].pop("tls"), "without TLS"),
    ("an ingress that takes no large webhooks", "production",
     lambda o: find(o, "Ingress", "github-webhooks")["metadata"].pop("annotations"), "too large for it"),
    ("policies for one direction only", "dev",
     lambda o: policy(o, "default-deny").update(policyTypes=["Ingress"]) or remove(o, "NetworkPolicy", "dns"),
     "postgres: no policy closes its Egress"),
    ("no default policy", "dev", lambda o: remove(o, "NetworkPolicy", "default-deny"),
     "no policy closes its Ingress"),
    ("a policy for nobody", "dev",
     lambda o: policy(o, "calculator")["podSelector"]["matchLabels"].update({"app.kubernetes.io/name": "calc"}),
     "selects no pod"),
    ("a policy's peer that is not there", "dev",
     lambda o: policy(o, "calculator")["ingress"][0]["from"][0]["podSelector"].update(
         matchLabels={"app.kubernetes.io/name": "gate"}), "names pods that are not there"),
    ("a policy's port that is not there", "dev",
     lambda o: policy(o, "calculator")["ingress"][0]["ports"][0].update(port="grpc"), "has no port grpc"),
    ("a policy for all ports", "dev", lambda o: policy(o, "nats")["ingress"][0].pop("ports"), "opens all of them"),
    ("a policy for everyone", "dev", lambda o: policy(o, "nats")["ingress"][0].pop("from"), "to everyone"),
    ("an object in another namespace", "dev",
     lambda o: find(o, "Service", "nats")["metadata"].update(namespace="default"), "another namespace"),
    ("a namespace that takes any pod", "dev",
     lambda o: find(o, "Namespace", "bursar")["metadata"]["labels"].update(
         {"pod-security.kubernetes.io/enforce": "baseline"}), "does not enforce"),
    ("the same object twice", "dev", lambda o: o.append(find(o, "Service", "nats")), "there twice"),
    ("a database without an owner", "production-cloudnativepg",
     lambda o: find(o, "Database", "bounty")["spec"].update(owner="nobody"), "no role nobody"),
    ("a database without a cluster", "production-cloudnativepg", lambda o: remove(o, "Cluster", "postgres"),
     "its cluster is not there"),
]

# Found by the reachability table alone: these are in order, and open or close what they should not.
EDGES = [
    ("DNS is closed", "dev", lambda o: remove(o, "NetworkPolicy", "dns")),
    ("DNS by UDP alone", "dev", lambda o: policy(o, "dns")["egress"][0]["ports"].pop()),
    ("the gateway's way to the calculator is closed at its own end", "dev",
     lambda o: remove(o, "NetworkPolicy", "gateway")),
    ("and at the other", "dev", lambda o: remove(o, "NetworkPolicy", "calculator")),
    ("the calculator may reach PostgreSQL", "dev",
     lambda o: find(o, "Deployment", "calculator")["spec"]["template"]["metadata"]["labels"].update(
         {"bursar/postgresql": "client"})),
    ("the gateway may reach PostgreSQL", "production",
     lambda o: find(o, "Deployment", "gateway")["spec"]["template"]["metadata"]["labels"].update(
         {"bursar/postgresql": "client"})),
    ("the bounty service may reach the calculator", "dev", lambda o: (
        policy(o, "gateway")["podSelector"].update(matchLabels={"bursar/metrics": "scraped"}),
        policy(o, "calculator")["ingress"][0]["from"][0]["podSelector"].update(
            matchLabels={"bursar/metrics": "scraped"}))),
    ("the calculator may reach the internet", "dev",
     lambda o: policy(o, "github-clients")["podSelector"].update(matchLabels={"bursar/nats": "client"})),
    ("GitHub is closed", "dev", lambda o: remove(o, "NetworkPolicy", "github-clients")),
    ("private ranges are no exception", "production",
     lambda o: policy(o, "github-clients")["egress"][0]["to"][0]["ipBlock"]["except"].remove("10.0.0.0/8")),
    ("the metadata service is no exception", "production",
     lambda o: policy(o, "github-clients")["egress"][0]["to"][0]["ipBlock"]["except"].remove("169.254.0.0/16")),
    ("unique local addresses of IPv6 too", "production",
     lambda o: policy(o, "github-clients")["egress"][0]["to"][1]["ipBlock"].update({"cidr": "::/0"})),
    ("the internet by HTTP", "production",
     lambda o: policy(o, "github-clients")["egress"][0]["ports"].append({"protocol": "TCP", "port": 80})),
    ("the ingress controller's neighbours may come", "production",
     lambda o: policy(o, "ingress")["ingress"][0]["from"][0].pop("podSelector")),
    ("the ingress controller may reach admin ports", "production",
     lambda o: policy(o, "ingress")["ingress"][0]["ports"].append({"protocol": "TCP", "port": "admin"})),
    ("the ingress controller may reach the calculator", "production",
     lambda o: policy(o, "ingress")["podSelector"].update(matchLabels={"bursar/metrics": "scraped"}, matchExpressions=[])
     or policy(o, "ingress")["ingress"][0].update(ports=[{"protocol": "TCP", "port": 7400}])),
    ("Prometheus is closed", "production", lambda o: remove(o, "NetworkPolicy", "prometheus")),
    ("anyone in the namespace may reach NATS", "production",
     lambda o: policy(o, "nats")["ingress"][0]["from"][0].update(podSelector={})
     or policy(o, "nats-clients").update(podSelector={})),
    ("NATS servers are apart", "production", lambda o: remove(o, "NetworkPolicy", "nats-peers")),
    ("another rule of everything", "production", lambda o: add_policy(
        o, "open", {"podSelector": {}, "policyTypes": ["Ingress"], "ingress": [
            {"from": [{"namespaceSelector": {}}], "ports": [{"protocol": "TCP", "port": 9090}]}]})),
    ("an external PostgreSQL of another address", "production",
     lambda o: policy(o, "postgres-clients")["egress"][0]["to"][0]["ipBlock"].update(cidr="192.0.2.11/32")),
    ("the operator of PostgreSQL is closed out", "production-cloudnativepg",
     lambda o: policy(o, "postgres")["ingress"].pop()),
]

# Found by the schemas of Kubernetes: name, overlay, change.
SCHEMA = [
    ("a field of no meaning", "dev", lambda o: container(o, "gateway").update(port=8080)),
    ("a port that is text", "dev", lambda o: container(o, "gateway")["ports"][0].update(containerPort="8080")),
    ("a kind of no version", "dev", lambda o: find(o, "Deployment", "gateway").update(apiVersion="apps/v2")),
    ("a kind that is not known", "dev", lambda o: find(o, "Deployment", "gateway").update(kind="Deploy")),
    ("a policy of one type", "dev", lambda o: policy(o, "dns").update(policyTypes="Egress")),
]
