"""A server on the loopback address that speaks as much of the hub's protocol as a pull needs, with faults on order."""

import hashlib
import json
import re
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

COMMIT = "0123456789abcdef0123456789abcdef01234567"


def weights(value: float = 1.0, size: int = 3000) -> bytes:
    """Give the bytes of a safetensors file with one tensor."""
    header = json.dumps({"w": {"dtype": "F32", "shape": [size // 4], "data_offsets": [0, size]}}).encode()
    return len(header).to_bytes(8, "little") + header + bytes([int(value) % 256]) * size


FILES = {
    "config.json": b'{"model_type": "marian"}',
    "model.safetensors": weights(),
    "source.spm": b"pieces",
    "README.md": b"# A card\n",
}


class HubServer(ThreadingHTTPServer):
    """One repository, `owner/tiny`; `faults` holds for a file what its next GETs do, in order.

    A fault is a status to answer with, or "cut" (half the body, then the line is closed), "short" (an honest
    Content-Length of too few bytes) or "wrong" (other bytes).
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.files: dict[str, bytes] = dict(FILES)
        self.licence: Any = "apache-2.0"
        self.faults: dict[str, deque[int | str]] = {}
        self.requests: list[tuple[str, str, str]] = []  # method, path, Range
        self.with_etag = True

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def fault(self, name: str, *faults: int | str) -> None:
        self.faults[name] = deque(faults)

    def asked(self, name: str) -> list[str]:
        """Give the Range headers of the GETs for a file's content."""
        return [r for method, path, r in self.requests if method == "GET" and path.endswith(f"/{name}")]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: HubServer

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def _answer(self) -> None:
        path = self.path.split("?")[0]
        self.server.requests.append((self.command, path, self.headers.get("Range", "")))
        if match := re.fullmatch(r"/api/models/owner/tiny(?:/revision/(.+))?", path):
            self._info(match[1])
        elif match := re.fullmatch(rf"/owner/tiny/resolve/{COMMIT}/(.+)", path):
            self._resolve(match[1])
        elif path.startswith("/cdn/"):
            self._send(path.removeprefix("/cdn/"), {})
        else:
            self._error(404, {"X-Error-Code": "RepoNotFound"})

    def _info(self, revision: str | None) -> None:
        if fault := self._fault("api"):
            self._error(int(fault))
        elif revision not in (None, "main", "v1", COMMIT):
            self._error(404, {"X-Error-Code": "RevisionNotFound"})
        else:
            siblings = [{"rfilename": name} for name in self.server.files]
            card = {"license": self.server.licence}
            body = json.dumps({"id": "owner/tiny", "sha": COMMIT, "siblings": siblings, "cardData": card}).encode()
            self._head(200, {"Content-Type": "application/json", "Content-Length": len(body)})
            self.wfile.write(body)

    def _resolve(self, name: str) -> None:
        data = self.server.files[name]
        large = name.endswith(".safetensors")
        etag = hashlib.sha256(data) if large else hashlib.sha1(b"blob %d\0" % len(data) + data)
        facts: dict[str, Any] = {"X-Repo-Commit": COMMIT}
        if self.server.with_etag:
            facts |= {"X-Linked-Etag" if large else "ETag": f'"{etag.hexdigest()}"'}
        if large:
            # A redirect to another host, as the hub's are: one to the same host would be followed for the facts too.
            there = f"http://localhost:{self.server.server_port}/cdn/{name}"
            self._head(302, facts | {"X-Linked-Size": len(data), "Location": there, "Content-Length": 0})
        else:
            self._send(name, facts)

    def _send(self, name: str, facts: dict[str, Any]) -> None:
        data, start, status = self.server.files[name], 0, 200
        fault = self._fault(name) if self.command == "GET" else None
        if isinstance(fault, int):
            self._error(fault)
            return
        if match := re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", "")):
            start, status = int(match[1]), 206
            facts = facts | {"Content-Range": f"bytes {start}-{len(data) - 1}/{len(data)}"}
        body = data[start:]
        half = len(body) // 2
        if fault == "wrong":
            body = bytes(len(body))
        if fault == "short":
            body = body[:half]
        self._head(status, facts | {"Content-Length": len(body)})
        if self.command == "GET":
            self.wfile.write(body[:half] if fault == "cut" else body)
        if fault == "cut":
            self.close_connection = True

    def _fault(self, name: str) -> int | str | None:
        waiting = self.server.faults.get(name)
        return waiting.popleft() if waiting else None

    def _error(self, status: int, facts: dict[str, str] | None = None) -> None:
        self._head(status, {"Content-Length": "0"} | (facts or {}))

    def _head(self, status: int, facts: dict[str, Any]) -> None:
        self.send_response(status)
        for name, value in facts.items():
            self.send_header(name, str(value))
        self.end_headers()


@contextmanager
def serving() -> Iterator[HubServer]:
    """Run a server while the block runs."""
    server = HubServer()
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
