"""Every golden exchange, through the client: a desk says what to send, and what of the answer is not as agreed."""

from __future__ import annotations

import base64
import json
import sys
from typing import Any

import httpx
from conftest import named

from redoubt import ApiError
from redoubt.sync.transport import Transport


def ask(desk: str, path: str, name: str, body: Any = None) -> Any:
    response = httpx.post(f"{desk}/{path}", params={"name": name}, json=body, timeout=120)
    assert response.status_code == 200, response.text
    return response.json()


def test_all_come_back_as_agreed(server_url: str) -> None:
    desk = named("REDOUBT_TEST_DESK")
    transport = Transport(base_url=server_url, api_key=None, retries=0)
    names = ask(desk, "names", "")
    wrong: list[str] = []
    for name in names:
        asked = ask(desk, "open", name)
        headers = asked["headers"]
        content = None if asked["body"] is None else asked["body"].encode()
        try:
            response = transport.send(asked["method"], asked["path"], headers=headers, content=content)
            status, got, data = response.status_code, response.headers, response.content
        except ApiError as error:
            status, got, data = error.status, error.headers, json.dumps(error.body).encode()
        handed = {"status": status, "headers": dict(got), "body": base64.b64encode(data).decode()}
        wrong += [f"{name}: {difference}" for difference in ask(desk, "close", name, handed)]
    print(f"Python SDK: {len(names)} golden exchanges", file=sys.stderr)
    assert len(names) > 100
    assert wrong == []
