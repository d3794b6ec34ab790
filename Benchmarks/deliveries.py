"""GitHub's deliveries: how fast they are stored and handled, beside what the disk, the broker and the database can do."""
import contextlib
import hashlib
import hmac
import http.client
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

from support import BASELINES, BURSAR, HERE, ROOT, figures, free_port, medians, server

CONNECTIONS = 64
PAYLOAD_BYTES = 10_000
BACKLOG = 6_000
DELIVERIES_OF_AN_ISSUE = 4
SECRET = "benchmark"
NATS = pathlib.Path(os.environ.get("TOOLS_DIRECTORY", ROOT / ".bursar/tools")) / "nats-server"


def delivery(number):
    """A new comment with a bounty, of as many bytes as GitHub's usually have."""
    body = json.loads((ROOT / "scripts/examples/comment-created.json").read_text())
    issue = number // DELIVERIES_OF_AN_ISSUE
    body["issue"].update(id=3_000_000_000 + issue, number=1 + issue)
    body["comment"].update(id=5_000_000_000 + number)
    size = len(json.dumps(body))
    body["comment"]["body"] += "\n\n" + "x" * (PAYLOAD_BYTES - size - 4)
    return json.dumps(body).encode()


def signed(body):
    return "sha256=" + hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()


@contextlib.contextmanager
def nats(folder, sync="always"):
    """nats-server with JetStream, which syncs every write unless it is told otherwise, and its monitoring port."""
    monitor = free_port()
    configuration = folder / "nats.conf"
    configuration.write_text(
        f'http: "127.0.0.1:{monitor}"\nmax_payload: {32 << 20}\nmax_pending: {256 << 20}\n'
        f'jetstream {{ store_dir: "{folder}/jetstream", sync_interval: {sync} }}\n')
    with server(NATS, "--addr=127.0.0.1", "--port={port}", "--config", configuration) as (_, port):
        yield f"nats://127.0.0.1:{port}", monitor


@contextlib.contextmanager
def postgres(folder):
    """The private PostgreSQL of `bursar up`, which goes on for as long as that does; gives its URL and pgbench's environment."""
    ports = [f"--{name}={free_port()}" for name in (
        "gateway-http-port", "bounty-http-port", "calculator-rpc-port", "admin-port")]
    process = subprocess.Popen(
        [BURSAR, "up", f"--data-directory={folder}", f"--tools-directory={NATS.parent}", *ports],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT)
    try:
        for line in process.stdout:
            if line.startswith("Ready"):
                break
        else:
            sys.exit("bursar up did not start")
        threading.Thread(target=process.stdout.read, daemon=True).start()
        password, port = ((folder / "postgres/server" / name).read_text().strip() for name in ("password", "port"))
        yield (f"postgres://postgres:{password}@127.0.0.1:{port}",
               {"PGHOST": "127.0.0.1", "PGPORT": port, "PGUSER": "postgres", "PGPASSWORD": password, "PGDATABASE": "raw"})
    finally:
        process.terminate()
        process.wait(60)


def service(url, database, batch=None):
    settings = {
        "NATS_URL": url, "BOUNTY_DATABASE_URL": database, "GITHUB_WEBHOOK_SECRETS": SECRET, "LOG_LEVEL": "error",
        "ADMIN_PORT": "0", "LINK_SECRET": "00" * 32, "PAYOUT_KEYS": "01" * 32, "PUBLIC_URL": "http://127.0.0.1:8080"}
    if batch:
        settings["BOUNTY_BATCH"] = str(batch)
    return server(BURSAR, "bounty", "--bounty-http-port={port}", environment=settings.items())


def waiting(monitor):
    """Deliveries in the stream."""
    with urllib.request.urlopen(f"http://127.0.0.1:{monitor}/jsz?streams=1", timeout=10) as answer:
        accounts = json.load(answer)["account_details"]
    return next(s["state"]["messages"] for a in accounts for s in a["stream_detail"] if s["name"] == "WEBHOOKS")


def send_all(port, numbers):
    """Sends deliveries, each once, over as many connections as GitHub might."""
    numbers = iter(numbers)
    lock = threading.Lock()

    def work():
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        while True:
            with lock:
                number = next(numbers, None)
            if number is None:
                return
            body = delivery(number)
            connection.request("POST", "/webhooks/github", body, {
                "Content-Type": "application/json", "X-GitHub-Event": "issue_comment",
                "X-GitHub-Delivery": f"00000000-0000-4000-8000-{number:012x}", "X-Hub-Signature-256": signed(body)})
            answer = connection.getresponse()
            if answer.status != 202:
                sys.exit(f"{answer.status}: {answer.read()}")
            answer.read()

    threads = [threading.Thread(target=work) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def bench_deliveries(options):
    """Deliveries of 10 KB, stored and handled, beside raw acknowledged publishes and raw commits; every write synced."""
    with contextlib.ExitStack() as stack:
        folder = pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bursar-bench.", dir=HERE / ".build")))
        url, monitor = stack.enter_context(nats(folder))
        subprocess.run([BURSAR, "provision"], env={**os.environ, "NATS_URL": url, "LOG_LEVEL": "error"}, check=True, stdout=subprocess.DEVNULL)
        base, environment = stack.enter_context(postgres(folder / "data"))
        database = f"{base}/worker"
        psql = ["psql", "--quiet", "--dbname", f"{base}/postgres", "--command"]
        subprocess.run([*psql, "CREATE DATABASE worker"], check=True)
        subprocess.run([*psql, "CREATE DATABASE raw"], check=True)
        subprocess.run(["psql", "--quiet", "--dbname", f"{base}/raw", "--command", "CREATE TABLE rows (row text)"], check=True)
        migrate = {**os.environ, "BOUNTY_DATABASE_URL": database, "MIGRATIONS_DIRECTORY": str(ROOT / "migrations")}
        subprocess.run([BURSAR, "migrate", "up", "bounty"], env=migrate, check=True, stdout=subprocess.DEVNULL)
        stored(options, folder, url, monitor, environment)
        handled(options, url, monitor, database)


def stored(options, folder, url, monitor, environment):
    body = folder / "delivery.json"
    body.write_bytes(delivery(0))
    commit = folder / "commit.sql"
    commit.write_text("INSERT INTO rows VALUES (repeat('x', 1000));\n")
    load = {"DELIVERY": str(body), "SIGNATURE": signed(body.read_bytes())}
    rows = {"intake": [], "publish": [], "commit": []}
    # Without a database: deliveries are stored all the same, and nothing else takes the two cores' time.
    with service(url, "postgres://nobody@127.0.0.1:1/nothing") as (_, port):
        for _ in range(options.turns):
            rows["intake"].append(figures(
                "wrk", "--threads=1", f"--connections={CONNECTIONS}", f"--duration={max(1, round(options.seconds))}s",
                "--script", HERE / "baselines/lua/deliveries.lua", f"http://127.0.0.1:{port}/webhooks/github",
                environment=load.items()))
            rows["publish"].append(figures(BASELINES / "publish", url, CONNECTIONS, options.seconds, PAYLOAD_BYTES))
            done = subprocess.run(
                ["pgbench", "--no-vacuum", "--client=16", "--jobs=1", f"--time={max(1, round(options.seconds))}",
                 "--file", commit, "raw"], env={**os.environ, **environment}, stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL, text=True, check=True)
            rows["commit"].append([float(next(
                line.split("=")[1].split()[0] for line in done.stdout.splitlines() if line.startswith("tps")))])
    (intake, p50, p99), (publish, raw50, raw99), (commit,) = (medians(rows[name]) for name in rows)
    print(f"stored, answered 202, from {CONNECTIONS} connections: {intake:,.0f}/s, p50 {p50:,.0f} µs, p99 {p99:,.0f} µs")
    print(f"raw acknowledged publishes by as many threads in C: {publish:,.0f}/s, p50 {raw50:,.0f} µs, p99 {raw99:,.0f} µs; "
          f"ratio {intake / publish:.2f}")
    print(f"raw commits of one row of 1 KB, 16 connections of pgbench: {commit:,.0f}/s; ratio {intake / commit:.2f}")
    for stream in ("WEBHOOKS", "RAW"):
        subprocess.run([BASELINES / "publish", url, "purge", stream], check=True)


def handled(options, url, monitor, database):
    rates = {64: [], 1: []}
    number = 1
    for _ in range(options.turns):
        for batch, found in rates.items():
            with service(url, "postgres://nobody@127.0.0.1:1/nothing") as (_, port):
                send_all(port, range(number, number + BACKLOG))
            number += BACKLOG
            with service(url, database, batch):
                while waiting(monitor) == BACKLOG:
                    time.sleep(0.01)
                before, begin = waiting(monitor), time.monotonic()
                while (left := waiting(monitor)) > BACKLOG // 10:
                    time.sleep(0.02)
                found.append([(before - left) / (time.monotonic() - begin)])
                while waiting(monitor):
                    time.sleep(0.05)
    (group,), (single,) = medians(rates[64]), medians(rates[1])
    print(f"handled from a backlog, up to 64 in one transaction: {group:,.0f}/s; one transaction for each: {single:,.0f}/s; "
          f"ratio {group / single:.2f}")
