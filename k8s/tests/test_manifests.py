"""Rendering, schemas, cross-checks, and the table of who can reach whom; and that each of them can fail."""

import base64
import hashlib
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import yaml

import breakages
from checks import problems
from manifests import K8S, OVERLAYS, ROOT, documented_secrets, of_kind, render
from reachability import table

# Kinds of an operator, which have no schema here: checks.postgres_cluster looks at them.
WITHOUT_SCHEMA = ("Cluster", "Database")
SCHEMA_VERSIONS = ("1.29", "1.37")


def schema_complaints(objects, version):
    """What kubernetes-validate says that is not praise. A WARN is a complaint: it is how it tells of unknown kinds."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "objects.yaml"
        path.write_text(yaml.safe_dump_all(o for o in objects if o["kind"] not in WITHOUT_SCHEMA))
        done = subprocess.run(
            [sys.executable, "-m", "kubernetes_validate", "--strict", "-k", version, str(path)], capture_output=True,
            text=True, timeout=300)
    lines = [line for line in (done.stdout + done.stderr).splitlines() if line and not line.startswith("INFO")]
    return lines or ([f"exit code {done.returncode}"] if done.returncode else [])


def written_table(overlay):
    """As README.md has it."""
    text = (K8S / "README.md").read_text()
    found = re.search(rf"<!-- reachability: {overlay} -->\n(.*?)<!-- end -->", text, re.DOTALL)
    return found[1].strip() + "\n" if found else ""


class Rendering(unittest.TestCase):
    def test_every_overlay_renders_and_has_the_schema_of_kubernetes(self):
        for overlay in OVERLAYS:
            for version in SCHEMA_VERSIONS:
                with self.subTest(overlay=overlay, version=version):
                    self.assertEqual(schema_complaints(render(overlay), version), [])

    def test_every_component_is_in_some_overlay(self):
        folders = [*(K8S / "overlays").glob("*"), *(K8S / "tests/overlays").glob("*"), K8S / "components/production"]
        named = "".join((folder / "kustomization.yaml").read_text() for folder in folders)
        for component in (K8S / "components").glob("*"):
            self.assertRegex(named, rf"/{component.name}\n")

    def test_the_schemas_find_what_is_broken(self):
        for name, overlay, change in breakages.SCHEMA:
            with self.subTest(name):
                objects = render(overlay)
                change(objects)
                self.assertNotEqual(schema_complaints(objects, SCHEMA_VERSIONS[-1]), [])

    def test_the_dockerfile_is_as_hadolint_likes_it(self):
        done = subprocess.run(["hadolint", "--failure-threshold", "info", "Dockerfile"], cwd=ROOT, capture_output=True,
                              text=True, timeout=60)
        self.assertEqual((done.returncode, done.stdout), (0, ""))
        bad = subprocess.run(["hadolint", "--failure-threshold", "info", "-"], input="FROM debian\nRUN cd /tmp\n",
                             capture_output=True, text=True, timeout=60)
        self.assertNotEqual(bad.returncode, 0)


class Structure(unittest.TestCase):
    def test_every_overlay_is_consistent(self):
        for overlay in OVERLAYS:
            with self.subTest(overlay):
                self.assertEqual(problems(render(overlay)), [])

    def test_every_break_is_found(self):
        for name, overlay, change, words in breakages.STRUCTURE:
            with self.subTest(name):
                objects = render(overlay)
                change(objects)
                self.assertTrue(any(words in problem for problem in problems(objects)), problems(objects))

    def test_development_secrets_say_so_and_production_has_none(self):
        for item in of_kind(render("dev"), "Secret"):
            for key, value in item["data"].items():
                value = base64.b64decode(value).decode()
                if value != hashlib.sha256(f"development-only-{key}".encode()).hexdigest():
                    self.assertIn("development-only", value, f"{item['metadata']['name']}/{key}")
        for overlay in OVERLAYS:
            if overlay.startswith("production"):
                self.assertEqual(of_kind(render(overlay), "Secret"), [])

    def test_the_readme_makes_no_secret_that_nobody_reads(self):
        text = "".join(str(render(overlay)) for overlay in OVERLAYS)
        for name, keys in documented_secrets().items():
            self.assertIn(f"'{name}'", text)
            self.assertTrue(keys, name)


class Reachability(unittest.TestCase):
    maxDiff = None

    def test_the_table_in_the_readme_is_what_the_policies_say(self):
        for overlay in OVERLAYS:
            with self.subTest(overlay):
                self.assertEqual(table(render(overlay)), written_table(overlay),
                                 "if the change is meant: ./scripts/kube-test --write-table")

    def test_every_wrong_edge_shows_in_it(self):
        for name, overlay, change in breakages.EDGES:
            with self.subTest(name):
                objects = render(overlay)
                change(objects)
                self.assertNotEqual(table(objects), table(render(overlay)))

    def test_tracing_opens_the_way_to_the_collector_for_who_exports_spans(self):
        objects = render("tracing", of="tests/overlays")
        self.assertEqual(problems(objects), [])
        self.assertEqual(set(table(objects).splitlines()) - set(table(render("dev")).splitlines()), {
            "| bounty | OTLP collector | 4317, 4318 |", "| gateway | OTLP collector | 4317, 4318 |",
            "| identity | OTLP collector | 4317, 4318 |"})

    def test_the_calculator_reaches_nats_and_nothing_else(self):
        for overlay in OVERLAYS:
            rows = [line for line in table(render(overlay)).splitlines() if line.startswith("| calculator |")]
            self.assertEqual(rows, ["| calculator | nats | 4222 |", "| calculator | DNS | 53/udp, 53 |"], overlay)


def write_tables():
    path = K8S / "README.md"
    text = path.read_text()
    for overlay in OVERLAYS:
        made = f"<!-- reachability: {overlay} -->\n{table(render(overlay))}<!-- end -->"
        text = re.sub(rf"<!-- reachability: {overlay} -->\n.*?<!-- end -->", lambda _: made, text, flags=re.DOTALL)
    path.write_text(text)


if __name__ == "__main__":
    write_tables()
