"""The contract against a running gateway: valid, its examples true, and nothing that schemathesis finds."""

import collections
import json
import os
import subprocess
import sys
import unittest

import openapi_spec_validator

import examples
import render
import suite

# Seconds that schemathesis may take.
FUZZING = 40
# Statuses that a request of the right form may get: what is right in form may be wrong in meaning.
ACCEPTED = "['2xx', '302', '303', '304', '401', '403', '404', '409', '422', '429']"


class World:
    """Who and what the examples speak of, as it is here."""

    def __init__(self, running):
        self.suite = running
        self.actual_of = {}
        self.wallet = suite.SolanaWallet(running.directory)
        running.sandbox("open", "acme/rocket-skates", "Brakes are missing", "--as", "wile-e-coyote")
        running.sandbox("comment", "acme/rocket-skates#1", "Please. $usdc:250$", "--as", "road-runner")
        running.sandbox("comment", "acme/rocket-skates#1", "And $usdc:1$", "--as", "wile-e-coyote")
        running.sandbox("comment", "acme/rocket-skates#1", "More. $usdc:2$", "--as", "road-runner")
        # Accounts are made as they are named.
        running.sandbox("comment", "acme/rocket-skates#1", "I can.", "--as", "acme-engineer")
        running.sandbox("wallet", "--as", "acme-engineer")
        self.people = {login: suite.Person(running, login) for login in ("road-runner", "wile-e-coyote")}
        self.people["treasury"] = suite.Program(running, "treasury", "payouts")
        self.bounty = suite.wait_until("the bounty", lambda: self.listed("250"))
        suite.wait_until("the others", lambda: self.listed("2"))
        shown = suite.wait_until("the comment", lambda: self.comment("`250 USDC`"))
        row = next(line for line in shown.splitlines() if line.startswith("| [`250 USDC`"))
        me = self.people["road-runner"].account["id"]
        self.name("01a1fce9-a064-719a-9a44-7160c28a0d30", self.bounty["id"])
        self.name("bl1.AaH86aBkcZqaRHFgwooNMAAAAAEAAAAAAAAB9gAAAABreFE3.Gwanl_AcqmEhGQbh7DHXPbsUit6ZcIQ4W3D4b4bffz8",
                  suite.signing_link(row))
        self.name("BGYtLEiZn5uFQTksJ2Gkv71A2K9X2C1ig6zDX577J2zC", self.wallet.address)
        self.name("GitHub account 502", f"GitHub account {me}")

    def listed(self, amount):
        page = suite.exchange(self.suite.gateway + "/v1/bounties").json
        return next((bounty for bounty in page["bounties"] if bounty["amount"] == amount), None)

    def comment(self, text):
        shown = self.suite.sandbox("show", "acme/rocket-skates#1")
        return shown if text in shown else None

    def name(self, example, actual):
        self.actual_of[example] = actual

    def actual(self, value):
        """The value with what is here in place of what the examples name."""
        text = json.dumps(value, ensure_ascii=False)
        for example, actual in self.actual_of.items():
            text = text.replace(example, actual)
        return json.loads(text)

    def prepare(self, case):
        """What must have happened before an example."""
        if case == ("listPayouts", "one page"):
            self.settle()
        if case == ("getJob", "a job"):
            job = self.actual("/v1/jobs/01a1fe80-b0b0-7b45-a7d3-c89409a6ad46")
            suite.wait_until("the job", lambda: suite.exchange(self.suite.gateway + job).json["state"] == "done")

    def learn(self, case, answer):
        """What an answer tells that later examples speak of."""
        if case == ("createSigningChallenge", "the sponsor"):
            self.signed(answer.json, "01a1fe80-f1d1-7b45-a7d3-c89409a6ad46",
                        "2WzKpD3vHMXRkv8VKyJrGJ5Ea5vS2XGgN6P8LfQm7rYyqUzE7x8SgWcjT4hB1nRkD9mVfJcA6tLeQwXpHsUuZbNd")
        if case == ("createLinkChallenge", "a wallet"):
            self.signed(answer.json, "01a1fe80-aaaa-7b45-a7d3-c89409a6ad46",
                        "4WzKpD3vHMXRkv8VKyJrGJ5Ea5vS2XGgN6P8LfQm7rYyqUzE7x8SgWcjT4hB1nRkD9mVfJcA6tLeQwXpHsUuZbNd")
        if case == ("createJob", "a batch"):
            self.name("01a1fe80-b0b0-7b45-a7d3-c89409a6ad46", answer.json["id"])
        if case == ("linkWallet", "a wallet"):
            self.name("01a1fe80-eeee-7b45-a7d3-c89409a6ad46", answer.json["id"])

    def signed(self, challenge, id, signature):
        self.name(id, challenge["challenge"])
        self.name(signature, self.wallet.sign(challenge["message"]))

    def settle(self):
        self.suite.sandbox("pull", "acme/rocket-skates", "Add brakes", "--body", "Closes #1", "--as", "acme-engineer")
        self.suite.sandbox("merge", "acme/rocket-skates#2", "--as", "octocat")
        order = suite.wait_until("the order", lambda: suite.exchange(
            self.suite.gateway + "/v1/payouts").json["payouts"])[0]
        self.name("01a1fe81-070d-7f3c-95df-b8922bd2c65d", order["id"])


# A wallet is linked before it signs, and what ends something comes last. All others come as they stand in the document.
FIRST = ["createLinkChallenge", "linkWallet", "createJob"]
LAST = ["getJobPage", "unlinkWallet", "logout"]


def order(case):
    operation = case.id[0]
    return (-1, FIRST.index(operation)) if operation in FIRST else (1, LAST.index(operation)) if operation in LAST else (0, 0)


class ContractTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.running = suite.Suite().__enter__()
        cls.addClassCleanup(cls.running.__exit__)
        cls.document = suite.exchange(cls.running.gateway + "/openapi.json").json
        cls.made = None

    @classmethod
    def world(cls):
        """The one of all tests."""
        if cls.made is None:
            cls.made = World(cls.running)
        return cls.made

    def test_1_the_document_is_served_and_valid(self):
        self.assertEqual(self.document, render.load())
        openapi_spec_validator.validate(self.document)

    def test_2_every_example_is_answered_as_documented(self):
        contract = examples.Contract(self.document)
        world = self.world()
        sent = collections.Counter()
        for case in sorted(contract.cases(), key=order):
            with self.subTest(" ".join(case.id)):
                world.prepare(case.id)
                path, headers, body = case.request(world.actual)
                if case.actor:
                    headers |= world.people[case.actor].headers
                answer = suite.exchange(self.running.gateway + path, case.method.upper(), headers, body)
                sent[case.id[0]] += 1
                self.assertEqual(case.faults(answer, world.actual), [], f"{case.method} {path}")
                world.learn(case.id, answer)
        print(f"{sum(sent.values())} examples of {len(sent)} operations")
        self.assertGreater(sum(sent.values()), 50)

    def test_3_schemathesis_finds_nothing(self):
        person = suite.Person(self.running, "road-runner")
        configuration = f"{self.running.directory}/schemathesis.toml"
        with open(configuration, "w") as file:
            # A version that nobody wrote is waited for in vain.
            version = f"bounty/{self.world().bounty['id']}@1"
            file.write(
                f'[parameters]\n"header.Bursar-Version" = "{version}"\n'
                f"[checks.positive_data_acceptance]\nexpected-statuses = {ACCEPTED}\n")
            # What belongs to what, such as a query to an upload, no schema says; nor which cursors there are.
            for operation in ("summarize", "createJob", "getLeaderboard"):
                file.write(
                    f'[[operations]]\ninclude-operation-id = "{operation}"\n'
                    "checks.positive_data_acceptance.enabled = false\n")
        command = [
            sys.executable, "-m", "schemathesis.cli", "--config-file", configuration, "run",
            self.running.gateway + "/openapi.json", "--phases", "coverage,fuzzing,stateful",
            "--max-time", str(FUZZING), "--max-examples", "40", "--request-timeout", "15",
            # Two parse Python at once, which Python before 3.11.8 can take for a fault of its own (python/cpython#106905).
            "--workers", "1",
            "--generation-deterministic", "--no-color",
            # It would end the session; and streams of events have no end.
            "--exclude-operation-id", "logout", "--exclude-operation-id", "streamEvents", "--exclude-operation-id", "streamJob",
            # For people, who are not told of wrong parameters.
            "--exclude-tag", "Pages",
            # These are sessions' and keys' business, which the examples and other tests see to.
            # And names that nothing can have find nothing, a number is CSV too, an empty parameter is none. Whoever deletes a job cancels
            # it: that it was, can be read.
            "--exclude-checks", "ignored_auth,negative_data_rejection,use_after_free", "--generation-with-security-parameters", "false", "--output-truncate", "false"]
        for name in ("Cookie", "X-CSRF-Token"):
            command += ["-H", f"{name}:{person.headers[name]}"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=FUZZING + 120, env=os.environ)
        print(done.stdout[-6000:])
        self.assertEqual(done.returncode, 0, done.stdout[-20000:] + done.stderr[-2000:])


if __name__ == "__main__":
    unittest.main()
