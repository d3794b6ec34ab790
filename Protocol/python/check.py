"""Checks the Python client: its bytes against golden.txt, and its calls against a server of the tests.

    python3 check.py golden ../golden.txt
    python3 check.py server 127.0.0.1 7400
"""
import struct
import sys

import client as rpc


def golden(path):
    blocks = {}
    for block in open(path, encoding="utf-8").read().split("\n\n"):
        lines = [line for line in block.splitlines() if not line.startswith("#")]
        if lines:
            blocks[lines[0].split(":")[0]] = bytes.fromhex("".join(lines[1:]))
    evaluation = rpc.evaluate_request("x + 0.2", variables=[("x", "0.1")])
    trace = bytes.fromhex("4bf92f3577b34da6a3ce929d0e0e4736" "00f067aa0ba902b7" "01")
    assert blocks["hello.client"] == rpc.hello()
    assert blocks["evaluate.request"] == evaluation
    assert blocks["request"] == rpc.frame(rpc.REQUEST, evaluation, 0, 1, 65536, 1_500_000)
    assert blocks["request.traced"] == rpc.frame(rpc.REQUEST, trace + evaluation, 1, 1, 65536, 1_500_000)
    assert blocks["cancel"] == rpc.frame(rpc.CANCEL, call=65539)
    assert blocks["ping"] == rpc.frame(rpc.PING, call=7)
    assert rpc.evaluate_response(blocks["response"][20:]) == ("0.3", 0)
    assert rpc.evaluate_response(blocks["evaluate.response"]) == ("0." + "3" * 34, 34)
    error = rpc.error(3, 0, blocks["error"][20:])
    assert (error.reason, error.position, error.pointer) == ("division-by-zero", 2, "/expression")
    assert not error.retryable
    assert rpc.error(8, 1, blocks["error.retryable"][20:]).retryable


def fails(status, call):
    try:
        call()
    except rpc.CallError as error:
        assert error.status == status, error
        return error
    raise AssertionError(f"no error of status {status}")


def server(host, port):
    """Methods of the test server: 0xF001 adds, 0xF002 echoes, 0xF003 works until it is cancelled, 0xF004 is traced."""
    with rpc.Client(host, port) as client:
        assert client.call(0xF001, struct.pack(">QQ", 40, 2)) == struct.pack(">Q", 42)
        assert client.call(0xF002, b"x" * 200_000) == b"x" * 200_000
        assert client.ping(99)
        calls = [client.begin(0xF001, struct.pack(">QQ", n, n)) for n in range(1000)]
        for n, call in reversed(list(enumerate(calls))):
            assert client.finish(call) == struct.pack(">Q", 2 * n)
        trace = bytes(range(1, 26))
        assert client.call(0xF004, b"", trace=trace) == trace
        assert fails(3, lambda: client.call(0xF001, b"short")).reason == "malformed"
        fails(12, lambda: client.call(0xF0FF, b""))
        fails(4, lambda: client.finish(client.begin(0xF001, struct.pack(">QQ", 1, 1), timeout=0)))
        fails(4, lambda: client.finish(client.begin(0xF003, b"", timeout=0.05)))
        slow = client.begin(0xF003, b"", timeout=60)
        client.cancel(slow)
        assert client.call(0xF001, struct.pack(">QQ", 1, 1)) == struct.pack(">Q", 2)
        assert slow not in client.answers
    with rpc.Client(host, port) as client:
        client.socket.sendall(rpc.frame(9))
        try:
            client.read()
        except rpc.Goaway as goaway:
            assert goaway.status == 3, goaway
        else:
            raise AssertionError("no goaway after a violation")


if __name__ == "__main__":
    if sys.argv[1] == "golden":
        golden(sys.argv[2])
    else:
        server(sys.argv[2], int(sys.argv[3]))
    print("ok")
