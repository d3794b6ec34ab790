"""A client of the Bursar RPC protocol, version 1, from its specification (../README.md) and the standard library.

    with Client("127.0.0.1", 7400) as client:
        print(client.evaluate("0.1 + 0.2"))

One thread, one connection; calls may be begun together (`begin`) and awaited in any order (`finish`).
"""
import socket
import struct
import time

HELLO, REQUEST, RESPONSE, ERROR, CANCEL, PING, PONG, GOAWAY = range(1, 9)
HEADER = struct.Struct(">IBBHQI")  # length, kind, flags, code, id, timeout
MAXIMUM_LENGTH = 16 << 20


class CallError(Exception):
    def __init__(self, status, message, reason="", position=None, pointer="", retryable=False):
        super().__init__(f"{status} {reason}: {message}")
        self.status, self.message, self.reason = status, message, reason
        self.position, self.pointer, self.retryable = position, pointer, retryable


class Goaway(Exception):
    def __init__(self, status, last_id, message):
        super().__init__(f"goaway {status}: {message}")
        self.status, self.last_id, self.message = status, last_id, message


class Reader:
    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, count):
        if len(self.data) - self.at < count:
            raise ValueError("the payload ends early")
        self.at += count
        return self.data[self.at - count:self.at]

    def integer(self, size):
        return int.from_bytes(self.take(size), "big")

    def text(self):
        return self.take(self.integer(4)).decode()

    def list(self, element):
        return [element() for _ in range(self.integer(4))]

    def end(self, value):
        if self.at != len(self.data):
            raise ValueError("the payload has bytes after its end")
        return value


def text(value):
    data = value.encode()
    return struct.pack(">I", len(data)) + data


def texts(values):
    return struct.pack(">I", len(values)) + b"".join(map(text, values))


def frame(kind, payload=b"", flags=0, code=0, call=0, timeout=0):
    return HEADER.pack(16 + len(payload), kind, flags, code, call, timeout) + payload


def hello():
    return frame(HELLO, b"BRSR" + struct.pack(">HHIII", 1, 1, MAXIMUM_LENGTH, 0, 0))


def error(status, flags, payload):
    reader = Reader(payload)
    message, reason = reader.text(), reader.text()
    position = reader.integer(4) if reader.integer(1) else None
    return reader.end(CallError(status, message, reason, position, reader.text(), bool(flags & 1)))


def evaluate_request(expression, precision=34, rounding=0, variables=()):
    pairs = b"".join(text(name) + text(value) for name, value in variables)
    return struct.pack(">HB", precision, rounding) + text(expression) + struct.pack(">I", len(variables)) + pairs


def evaluate_response(payload):
    reader = Reader(payload)
    return reader.end((reader.text(), reader.integer(2)))


class Client:
    def __init__(self, host, port, timeout=5.0, tls=None):
        self.socket = socket.create_connection((host, port), timeout)
        if tls:  # an ssl.SSLContext and the server's name
            self.socket = tls[0].wrap_socket(self.socket, server_hostname=tls[1])
        self.last_id, self.answers = 0, {}
        self.socket.sendall(hello())
        kind, _, _, _, payload = self.read()
        magic, lowest, highest, self.limit, self.calls, self.idle = struct.unpack(">4sHHIII", payload[:20])
        if kind != HELLO or magic != b"BRSR" or (lowest, highest) != (1, 1):
            raise ValueError("not a server of version 1")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def exactly(self, count):
        data = bytearray()
        while len(data) < count:
            part = self.socket.recv(min(count - len(data), 65536))
            if not part:
                raise ConnectionError("the connection ended")
            data += part
        return bytes(data)

    def read(self):
        """The next frame that is not a ping, nor a goaway of a graceful stop."""
        while True:
            length, kind, flags, code, call, _ = HEADER.unpack(self.exactly(HEADER.size))
            if not 16 <= length <= MAXIMUM_LENGTH:
                raise ValueError(f"frame length {length}")
            payload = self.exactly(length - 16)
            if kind == PING:
                self.socket.sendall(frame(PONG, call=call))
            elif kind != GOAWAY:
                return kind, flags, code, call, payload
            elif code or call < self.last_id:
                raise Goaway(code, call, payload.decode())

    def begin(self, method, payload, timeout=5.0, trace=b""):
        """Sends a request. `trace` is empty, or the 25 bytes of a trace context."""
        self.last_id += 1
        microseconds = min(max(int(timeout * 1e6), 0), 0xFFFFFFFF)
        self.socket.sendall(frame(REQUEST, trace + payload, int(bool(trace)), method, self.last_id, microseconds))
        return self.last_id

    def finish(self, call, timeout=5.0):
        end = time.monotonic() + timeout
        while call not in self.answers:
            self.socket.settimeout(max(end - time.monotonic(), 0.001))
            kind, flags, code, other, payload = self.read()
            if kind in (RESPONSE, ERROR):
                self.answers[other] = payload if kind == RESPONSE else error(code, flags, payload)
        answer = self.answers.pop(call)
        if isinstance(answer, CallError):
            raise answer
        return answer

    def call(self, method, payload, timeout=5.0, trace=b""):
        return self.finish(self.begin(method, payload, timeout, trace), timeout)

    def cancel(self, call):
        self.socket.sendall(frame(CANCEL, call=call))

    def ping(self, number):
        self.socket.sendall(frame(PING, call=number))
        kind, _, _, call, _ = self.read()
        return kind == PONG and call == number

    def evaluate(self, expression, precision=34, rounding=0, variables=()):
        return evaluate_response(self.call(1, evaluate_request(expression, precision, rounding, variables)))
