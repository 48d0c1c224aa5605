"""Servers that tests run against: a scripted one made here, and the real one that the environment names."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Callable

import pytest

import redoubt

Answer = Callable[[BaseHTTPRequestHandler], None]


class Scripted:
    """Answers the first calls as `answers` say, one each, and all others with `{"ok":true}`."""

    def __init__(self) -> None:
        self.answers: list[Answer] = []
        self.seen: list[tuple[str, dict[str, str], float]] = []
        scripted = self

        class Handler(BaseHTTPRequestHandler):
            def _any(self) -> None:
                length = int(self.headers.get("content-length") or 0)
                self.rfile.read(length)
                headers = {name.lower(): value for name, value in self.headers.items()}
                scripted.seen.append((self.command, headers, time.monotonic()))
                at = len(scripted.seen) - 1
                (scripted.answers[at] if at < len(scripted.answers) else reply(200, '{"ok":true}'))(self)

            do_GET = do_POST = do_PUT = do_DELETE = _any

            def log_message(self, *_given: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def reply(status: int, text: str, **headers: str) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("content-length", str(len(text)))
        handler.end_headers()
        handler.wfile.write(text.encode())

    return answer


def busy(status: int, retry_after: str) -> Answer:
    text = '{"error":{"code":"RATE_LIMITED","message":"Too many requests."}}'
    return reply(status, text, retry_after=retry_after, x_request_id="r-1")


def hang_up(handler: BaseHTTPRequestHandler) -> None:
    handler.close_connection = True
    handler.connection.close()


@pytest.fixture
def scripted() -> Iterator[Scripted]:
    server = Scripted()
    yield server
    server.close()


def named(variable: str) -> str:
    value = os.environ.get(variable)
    if not value:
        pytest.skip(f"{variable} is not set")
    return value


@pytest.fixture
def server_url() -> str:
    return named("REDOUBT_BASE_URL")


@pytest.fixture
def target_url() -> str:
    return named("REDOUBT_TEST_TARGET")


@pytest.fixture
def client(server_url: str) -> Iterator[redoubt.Redoubt]:
    with redoubt.Redoubt(base_url=server_url) as made:
        yield made
