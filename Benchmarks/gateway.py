"""The gateway's calculation route beside Go's net/http with net/rpc behind it, and beside Hummingbird alone."""
import json

from support import BASELINES, BURSAR, SWIFT, HERE, figures, medians, processor_seconds, server

CONNECTIONS = 64
EXPRESSION = json.dumps({"expression": "19.99 + 3.8"})
ANSWER_BYTES = len('{"exact":true,"result":"23.79"}')
# Of everybody together: the load comes from one address.
NO_LIMITS = {"GATEWAY_LIMITS_CALCULATIONS": "0", "LOG_LEVEL": "error", "PUBLIC_URL": "http://127.0.0.1:8080"}


def load(port, seconds):
    """Requests/s, p50 and p99 in µs, of wrk; ends the benchmark where an answer is not 200."""
    return figures(
        "wrk", "--threads=1", f"--connections={CONNECTIONS}", f"--duration={seconds}s", "--script",
        HERE / "baselines/lua/calculations.lua", f"http://127.0.0.1:{port}/v1/calculations/evaluate",
        environment={"BODY": EXPRESSION}.items())


def bench_gateway(options):
    """POST /v1/calculations/evaluate from 64 connections, each a call of the calculator: requests/s and p99."""
    seconds = max(2, round(options.seconds))
    with (server(BURSAR, "calculator", "--calculator-rpc-port={port}", "--admin-port=0", "--nats-url=nats://127.0.0.1:1",
                 environment=NO_LIMITS.items()) as (calculator_pid, calculator),
          server(BURSAR, "gateway", "--gateway-http-port={port}", "--admin-port=0", "--nats-url=nats://127.0.0.1:1",
                 f"--calculator-rpc-address=127.0.0.1:{calculator}", environment=NO_LIMITS.items()) as (gateway_pid, gateway),
          server(BASELINES / "netrpc", "server", "{port}") as (_, netrpc),
          server(BASELINES / "netrpc", "http", "{port}", netrpc) as (_, go),
          server(SWIFT / "http-constant", "{port}", ANSWER_BYTES) as (_, bare)):
        rows = {"bursar gateway": [], "Go net/http and net/rpc": [], "Hummingbird, a constant": []}
        load(gateway, 1)
        processor = []
        for _ in range(options.turns):
            for name, port in zip(rows, (gateway, go, bare)):
                before = processor_seconds(gateway_pid), processor_seconds(calculator_pid)
                rows[name].append(load(port, seconds))
                if port == gateway:
                    processor.append([1e6 * (processor_seconds(pid) - start) / (rows[name][-1][0] * seconds)
                                      for pid, start in zip((gateway_pid, calculator_pid), before)])
        median = {name: medians(values) for name, values in rows.items()}
        print(f"{'':26} {'requests/s':>12} {'p50 µs':>10} {'p99 µs':>10}")
        for name, (rate, p50, p99) in median.items():
            print(f"{name:26} {rate:12,.0f} {p50:10,.0f} {p99:10,.0f}")
        ours, go, bare = median.values()
        print(f"the gateway: {ours[0] / go[0]:.2f} × Go (p99 {ours[2] / go[2]:.2f} ×), {ours[0] / bare[0]:.0%} of Hummingbird; "
              "processor time of a request: gateway {:.0f} µs, calculator {:.0f} µs".format(*medians(processor)))
