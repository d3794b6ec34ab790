"""What the benchmarks share: servers, load generators and what they print, medians."""
import contextlib
import os
import pathlib
import socket
import statistics
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
SWIFT = HERE / ".build/release"
BASELINES = HERE / ".build/baselines"
BURSAR = ROOT / ".build/release/bursar"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def server(*command, environment=(), folder=None):
    """A server that listens on the port that stands for {port} in its command; gives its process id and port."""
    port = free_port()
    command = [str(part).replace("{port}", str(port)) for part in command]
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, **dict(environment)},
        cwd=folder)
    try:
        for _ in range(200):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.05)
        else:
            sys.exit(f"does not listen: {' '.join(command)}")
        yield process.pid, port
    finally:
        process.kill()
        process.wait()


def figures(*command, environment=()):
    """The numbers that a load generator prints in its last line."""
    done = subprocess.run([str(part) for part in command], stdout=subprocess.PIPE, text=True, check=True,
                          env={**os.environ, **dict(environment)})
    return [float(number) for number in done.stdout.splitlines()[-1].split()]


def processor_seconds(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident_megabytes(pid):
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    raise ValueError(pid)


def medians(rows):
    return [statistics.median(column) for column in zip(*rows)]
