"""Attacks a server in one of several ways, until it is killed: python3 attack.py <port> <attack> [connections]

What it sends is made before, so that it costs the machine little and the server as much as it can.
"""
import os
import random
import socket
import struct
import sys
import threading
import time

import client as rpc


def calls(count, method, payload):
    return b"".join(rpc.frame(rpc.REQUEST, payload, 0, method, n, 60_000_000) for n in range(1, count + 1))


def noise(seed):
    return random.Random(seed).randbytes(100_000)


ATTACKS = {
    "randomBytes": lambda seed: [rpc.hello(), noise(seed)],
    "randomBytesAtOnce": lambda seed: [noise(seed)],
    "halfFrames": lambda seed: [rpc.hello(), b"\0\0\0\x1e\x02\0"],
    "hugeLengths": lambda seed: [rpc.hello(), rpc.HEADER.pack(15 << 20, 2, 0, 0xF002, 1, 10**9), bytes(1_000_000)],
    "wrongVersions": lambda seed: [rpc.frame(rpc.HELLO, b"BRSR" + struct.pack(">HHIII", 7, 9, 1 << 20, 0, 0))],
    "tenThousandCalls": lambda seed: [rpc.hello(), calls(10_000, 0xF001, bytes(16))],
    "tenThousandHeavyCalls": lambda seed: [rpc.hello(), calls(10_000, 0xF007, struct.pack(">I", 200))],
    # Each asks for an answer of a megabyte.
    "neverReading": lambda seed: [rpc.hello(), calls(1_000, 0xF006, struct.pack(">I", 1 << 20))],
}


def attack(port, name, seed):
    parts = ATTACKS[name](seed)
    while True:
        try:
            with socket.create_connection(("127.0.0.1", port), 5) as peer:
                peer.settimeout(5)
                for part in parts:
                    peer.sendall(part)
                if name == "neverReading":
                    time.sleep(60)
                while peer.recv(1 << 20):
                    pass
        except OSError:
            pass
        time.sleep(0.01)  # eight hundred connections a second, by eight of these


if __name__ == "__main__":
    os.nice(19)
    threads = [
        threading.Thread(target=attack, args=(int(sys.argv[1]), sys.argv[2], seed), daemon=True)
        for seed in range(int(sys.argv[3]) if len(sys.argv) > 3 else 8)
    ]
    for thread in threads:
        thread.start()
    print("attacking", flush=True)
    sys.stdin.read()  # until whoever started it goes away
