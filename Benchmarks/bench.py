"""Measures Bursar beside what one would use instead: bench.py [rpc|server|calculator|identity|deliveries|gateway|reads] ...

Everything runs on this machine, both sides on the same cores, over the loopback interface. Figures of one run are medians
of turns taken in alternation; only ratios within a run mean anything.
"""
import argparse
import contextlib
import pathlib
import socket
import struct
import subprocess
import sys
import tempfile
import time

from deliveries import bench_deliveries
from gateway import bench_gateway
from reads import bench_reads
from support import (
    BASELINES, BURSAR, HERE, ROOT, SWIFT, figures, medians, processor_seconds, resident_megabytes, server)

IN_FLIGHT = (1, 64, 1024)
sys.path.insert(0, str(ROOT / "Protocol/python"))
import client as rpc  # noqa: E402


def bench_rpc(options):
    """The same addition of two 64-bit integers by each, one connection: calls/s, p50 and p99."""
    peers = {
        "bursar": ((SWIFT / "rpc-server", "{port}"), (SWIFT / "rpc-client",), ()),
        "bursar, callers elsewhere": ((SWIFT / "rpc-server", "{port}"), (SWIFT / "rpc-client",), ("threads",)),
        "Go net/rpc": ((BASELINES / "netrpc", "server", "{port}"), (BASELINES / "netrpc", "client"), ()),
        "C++ gRPC": ((BASELINES / "grpc-cpp", "server", "{port}"), (BASELINES / "grpc-cpp", "client"), ()),
        "grpc-swift-2": ((BASELINES / "grpc-swift", "server", "{port}"), (BASELINES / "grpc-swift", "client"), ()),
        "bursar server, load in C": ((SWIFT / "rpc-server", "{port}"), (BASELINES / "load",), ("rpc",)),
        "NIO echo, load in C": ((SWIFT / "rpc-server", "{port}", "echo"), (BASELINES / "load",), ("echo",)),
    }
    runs = {}
    with contextlib.ExitStack() as stack:
        servers = {}
        for command, _, _ in peers.values():
            if command not in servers:
                servers[command] = stack.enter_context(server(*command))
        for _ in range(options.turns):
            for count in IN_FLIGHT:
                for name, (command, load, more) in peers.items():
                    pid, port = servers[command]
                    before = processor_seconds(pid)
                    row = figures(*load, port, count, options.seconds, *more)[:3]
                    row.append((processor_seconds(pid) - before) / (row[0] * options.seconds) * 1e6)
                    runs.setdefault((name, count), []).append(row)
                    print(f"{name} {count}: {row}", file=sys.stderr)
    median = {key: medians(rows) for key, rows in runs.items()}
    print(f"{'':28}{'in flight':>10}{'calls/s':>12}{'p50 µs':>12}{'p99 µs':>12}{'server CPU µs':>15}")
    for name in peers:
        for count in IN_FLIGHT:
            rate, p50, p99, cpu = median[name, count]
            print(f"{name:28}{count:10}{rate:12,.0f}{p50:12,.1f}{p99:12,.1f}{cpu:15.2f}")
    print()
    for count in IN_FLIGHT:
        ours = median["bursar", count]
        ratios = [f"{ours[0] / median[name, count][0]:.2f} × {name} (p99 {ours[2] / median[name, count][2]:.3f} ×)"
                  for name in ("Go net/rpc", "C++ gRPC", "grpc-swift-2")]
        share = median["bursar server, load in C", count][0] / median["NIO echo, load in C", count][0]
        print(f"{count} in flight: {', '.join(ratios)}; the server alone {share:.0%} of NIO echo")


def idle_connections(port, count):
    """Connections that have greeted and then say nothing."""
    for _ in range(count):
        peer = socket.create_connection(("127.0.0.1", port), 5)
        peer.sendall(rpc.hello())
        header = peer.recv(rpc.HEADER.size, socket.MSG_WAITALL)
        peer.recv(struct.unpack(">I", header[:4])[0] - rpc.HEADER.size + 4, socket.MSG_WAITALL)
        yield peer


def bench_server(options):
    """What a server takes: allocations, memory, and what others notice of hostile clients."""
    calculator = (BURSAR, "calculator", "--calculator-rpc-port={port}", "--admin-port=0",
                  "--nats-url=nats://127.0.0.1:1")
    for name, command in {"server of the protocol": (SWIFT / "rpc-server", "{port}"), "calculator": calculator}.items():
        with server(*command) as (pid, port):
            time.sleep(2)
            idle = resident_megabytes(pid)
            peers = list(idle_connections(port, 1000))
            time.sleep(2)
            print(f"memory of an idle {name}: {idle:.1f} MB; with 1,000 idle connections {resident_megabytes(pid):.1f} MB")
            for peer in peers:
                peer.close()
    with tempfile.NamedTemporaryFile() as counter:
        preload = {"LD_PRELOAD": BASELINES / "allocations.so", "ALLOCATIONS": counter.name}
        count = lambda: struct.unpack("=Q", pathlib.Path(counter.name).read_bytes())[0]
        with server(SWIFT / "rpc-server", "{port}", environment=preload.items()) as (_, port):
            for inFlight in IN_FLIGHT:
                figures(BASELINES / "load", port, inFlight, 0.2, "rpc")
                before = count()
                rate = figures(BASELINES / "load", port, inFlight, 1, "rpc")[0]
                print(f"allocations of the server for each call, {inFlight} in flight: {(count() - before) / rate:.4f}")
    with server(SWIFT / "rpc-server", "{port}") as (_, port):
        client = (SWIFT / "rpc-client", port, 1, 2)
        alone = figures(*client)
        print(f"one call at a time, alone: {alone[0]:,.0f} calls/s, p99 {alone[2]:.0f} µs")
        for attack in ("randomBytes", "halfFrames", "hugeLengths", "wrongVersions", "tenThousandCalls",
                       "tenThousandHeavyCalls", "neverReading"):
            process = subprocess.Popen(
                [sys.executable, "-B", ROOT / "Protocol/python/attack.py", str(port), attack], stdin=subprocess.PIPE,
                stdout=subprocess.PIPE)
            process.stdout.readline()
            beside = figures(*client)
            process.kill()
            process.wait()
            print(f"beside {attack}: {beside[0]:,.0f} calls/s, p99 {beside[2]:.0f} µs, {beside[2] / alone[2]:.1f} ×")


def bench_calculator(options):
    """Expressions of money a second beside Python's decimal, and a summary of a million values."""
    expressions = HERE / "expressions.txt"
    rows = {"here": [], "python": [], "there": []}
    with server(BURSAR, "calculator", "--calculator-rpc-port={port}", "--admin-port=0",
                "--nats-url=nats://127.0.0.1:1") as (pid, port):
        for _ in range(options.turns):
            rows["here"].append(figures(SWIFT / "calculator", "here", expressions, options.seconds))
            rows["python"].append(
                figures(sys.executable, HERE / "baselines/python/evaluate.py", expressions, options.seconds))
            rows["there"].append(figures(SWIFT / "calculator", "there", expressions, options.seconds, port, 64))
        (ours,), (text, compiled) = medians(rows["here"]), medians(rows["python"])
        rate, p50, p99 = medians(rows["there"])
        print(f"evaluate on one thread: {ours:,.0f}/s; Python's decimal from text {text:,.0f}/s (ratio {ours / text:.2f}), "
              f"compiled before {compiled:,.0f}/s (ratio {ours / compiled:.2f})")
        print(f"evaluate by RPC, 64 in flight: {rate:,.0f}/s, p50 {p50:.0f} µs, p99 {p99:.0f} µs")
        seconds = [figures(SWIFT / "calculator", "summarize", 1_000_000, port) for _ in range(options.turns)]
        print(f"summarize of 1,000,000 values with three quantiles by RPC: {medians(seconds)[0]:.2f} s; "
              f"the calculator then has {resident_megabytes(pid):.0f} MB")


def bench_identity(options):
    """Checking wallets' signatures as the identity service does, beside the library's call alone."""
    subprocess.run([SWIFT / "identity", str(options.turns), str(options.seconds)], check=True)


BENCHMARKS = {
    "rpc": bench_rpc, "server": bench_server, "calculator": bench_calculator, "identity": bench_identity,
    "deliveries": bench_deliveries, "gateway": bench_gateway, "reads": bench_reads}
parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("names", nargs="*", metavar="name", help=f"of {', '.join(BENCHMARKS)}; all without")
parser.add_argument("--turns", type=int, default=5)
parser.add_argument("--seconds", type=float, default=1)
options = parser.parse_args()
if unknown := set(options.names) - set(BENCHMARKS):
    parser.error(f"no such benchmark: {', '.join(sorted(unknown))}; there are {', '.join(BENCHMARKS)}")
for name in options.names or BENCHMARKS:
    print(f"\n{name}: {BENCHMARKS[name].__doc__}\n", flush=True)
    BENCHMARKS[name](options)
