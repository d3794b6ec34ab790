"""What the gateway answers from memory: single bounties, lists, the rebuild from the stream, and live events to many clients."""
import contextlib
import json
import os
import pathlib
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

from deliveries import nats
from support import BASELINES, BURSAR, HERE, SWIFT, figures, free_port, medians, resident_megabytes, server

BOUNTIES = 100_000
EVENTS = 1_000_000
WRITES = 5_000
EVENTS_C = BASELINES / "events"


def settled_sequence(monitor, port):
    """The last sequence once nothing comes any more, and the gateway has it: what a new client of its events is told first."""
    last, seen = -1, -2
    while last != seen or last != last_sequence(monitor):
        last = last_sequence(monitor)
        time.sleep(0.5)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/v1/events", timeout=10) as events:
            seen = next(int(line[3:]) for line in events if line.startswith(b"id:"))
    return last


def last_sequence(monitor):
    with urllib.request.urlopen(f"http://127.0.0.1:{monitor}/jsz?streams=1", timeout=10) as answer:
        accounts = json.load(answer)["account_details"]
    return next(s["state"]["last_seq"] for a in accounts for s in a["stream_detail"] if s["name"] == "EVENTS")


@contextlib.contextmanager
def gateway(url):
    """A gateway that has read everything: its process id and port, and the seconds that it took from its start."""
    admin = free_port()
    settings = {
        "NATS_URL": url, "ADMIN_PORT": str(admin), "LOG_LEVEL": "error", "PUBLIC_URL": "http://127.0.0.1:8080",
        "CALCULATOR_RPC_ADDRESS": "127.0.0.1:1", **{
            f"GATEWAY_LIMITS_{name}": "0" for name in ("READS", "CALCULATIONS", "WRITES", "LOGIN", "LIVE")}}
    begin = time.monotonic()
    with server(BURSAR, "gateway", "--gateway-http-port={port}", environment=settings.items()) as (pid, port):
        while True:
            with contextlib.suppress(urllib.error.URLError, ConnectionError):
                urllib.request.urlopen(f"http://127.0.0.1:{admin}/readyz", timeout=10)
                break
            time.sleep(0.05)
        yield pid, port, time.monotonic() - begin


@contextlib.contextmanager
def writer(nats_port, version):
    """Changes bounties all the time, under ids of versions that no earlier writer had."""
    process = subprocess.Popen(
        [EVENTS_C, "write", nats_port, str(BOUNTIES), str(WRITES), "3600", str(version)], stdout=subprocess.DEVNULL)
    try:
        time.sleep(0.5)
        yield
    finally:
        process.kill()
        process.wait()


def wrk(port, connections, seconds, lists=False):
    environment = {"BOUNTIES": str(BOUNTIES), **({"LISTS": "1"} if lists else {})}
    return figures(
        "wrk", "--threads=1", f"--connections={connections}", f"--duration={max(1, round(seconds))}s", "--latency",
        "--script", HERE / "baselines/lua/reads.lua", f"http://127.0.0.1:{port}", environment=environment.items())


def bench_reads(options):
    """Reads of 100,000 bounties beside a constant of bare Hummingbird, both while 5,000 events a second come; rebuild; live events."""
    with contextlib.ExitStack() as stack:
        folder = pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bursar-bench.", dir=HERE / ".build")))
        # Written a million times: how safely is not what is measured here.
        url, monitor = stack.enter_context(nats(folder, sync="2m"))
        nats_port = url.rsplit(":", 1)[1]
        subprocess.run([BURSAR, "provision"], env={**os.environ, "NATS_URL": url, "LOG_LEVEL": "error"}, check=True,
                       stdout=subprocess.DEVNULL)
        (filled,) = figures(EVENTS_C, "fill", nats_port, BOUNTIES, EVENTS)
        assert last_sequence(monitor) == EVENTS
        print(f"{EVENTS:,} events published in {filled:.0f} s", flush=True)
        pid, port, rebuilt = stack.enter_context(gateway(url))
        print(f"rebuild of {EVENTS:,} events of {BOUNTIES:,} bounties, from the start of the process: {rebuilt:.1f} s; "
              f"then {resident_megabytes(pid):.0f} MB", flush=True)
        size = len(urllib.request.urlopen(f"http://127.0.0.1:{port}/v1/bounties?limit=1", timeout=10).read()) - 36
        version = EVENTS // BOUNTIES + 1
        reads(options, nats_port, port, size, version)
        print(f"after it, {resident_megabytes(pid):.0f} MB", flush=True)
        live(options, nats_port, monitor, port, version + 100_000_000)
        print(f"after live events, {resident_megabytes(pid):.0f} MB", flush=True)


def reads(options, nats_port, port, size, version):
    rows = {"bounty": [], "constant": [], "list": [], "lists": []}
    with server(SWIFT / "http-constant", "{port}", size) as (_, constant):
        for turn in range(options.turns):
            with writer(nats_port, version + 10_000_000 * turn):
                rows["bounty"].append(wrk(port, 64, options.seconds))
                rows["constant"].append(wrk(constant, 64, options.seconds))
                rows["list"].append(wrk(port, 1, options.seconds, lists=True))
                rows["lists"].append(wrk(port, 64, options.seconds, lists=True))
    (rate, p50, p99), (bare, bare50, bare99), one, many = (medians(rows[name]) for name in rows)
    print(f"a bounty of {size} bytes, 64 connections, {WRITES:,} events/s meanwhile: {rate:,.0f}/s, p50 {p50:,.0f} µs, p99 {p99:,.0f} µs")
    print(f"a constant of as many bytes by bare Hummingbird, the same meanwhile: {bare:,.0f}/s, p50 {bare50:,.0f} µs, "
          f"p99 {bare99:,.0f} µs; ratio {rate / bare:.2f}")
    for name, row in (("one connection", one), ("64 connections", many)):
        print(f"lists of 50 with filters in turn, {name}: {row[0]:,.0f}/s, p50 {row[1]:,.0f} µs, p99 {row[2]:,.0f} µs", flush=True)


def live(options, nats_port, monitor, port, version):
    for clients, rate in ((1_000, 100), (5_000, 10)):
        received, p50, p99, longest, missing = figures(
            EVENTS_C, "listen", nats_port, port, clients, rate, 10, BOUNTIES, version, settled_sequence(monitor, port))
        version += 1_000_000
        print(f"{clients:,} clients, {rate} events/s each: {received:,.0f} events/s received, p50 {p50:.0f} ms, p99 {p99:.0f} ms, "
              f"longest {longest:.0f} ms, {missing:.0f} missing", flush=True)
