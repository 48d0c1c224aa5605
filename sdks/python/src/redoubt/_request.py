"""One request as it goes out: address, headers, body. Shared by the sync and the async transport."""

from __future__ import annotations

import os
import uuid
from collections.abc import Mapping
from typing import Any, Optional
from urllib.parse import urlsplit

import httpx

from .errors import ConnectionFailed, RedoubtError

DEFAULT_BASE_URL = "http://127.0.0.1:4000"
DEFAULT_TIMEOUT = 60.0
DEFAULT_RETRIES = 3


def checked_base(base_url: str) -> str:
    parts = urlsplit(base_url)
    if parts.scheme in ("http", "https") and parts.netloc:
        return base_url.rstrip("/")
    raise RedoubtError(f'The base URL "{base_url}" is none. Name the server, e.g. {DEFAULT_BASE_URL}.')


def found_base(base_url: Optional[str], variable: str) -> str:
    return checked_base(base_url or os.environ.get(variable) or DEFAULT_BASE_URL)


def found_key(api_key: Optional[str], variable: str, hint: str = "") -> str:
    key = os.environ.get(variable, "") if api_key is None else api_key
    if key == "":
        raise RedoubtError(f"There is no API key. Pass api_key, or set {variable}{hint}.")
    return key


def _query_value(value: Any) -> Any:
    return str(value).lower() if isinstance(value, bool) else value


def request_parts(
    method: str,
    *,
    query: Optional[Mapping[str, Any]] = None,
    body: Any = None,
    content: Optional[bytes] = None,
    content_type: Optional[str] = None,
    headers: Optional[Mapping[str, str]] = None,
    idempotency_key: Optional[str] = None,
    timeout: Optional[float] = None,
) -> dict[str, Any]:
    """What httpx takes as a request, beside method and address. `content` goes as it stands; `body` as JSON."""
    sent: dict[str, str] = {"Accept": "application/json"}
    if method == "POST":
        sent["Idempotency-Key"] = idempotency_key or str(uuid.uuid4())
    if content_type is not None:
        sent["Content-Type"] = content_type
    sent.update(headers or {})
    parts: dict[str, Any] = {"headers": sent}
    if timeout is not None:
        parts["timeout"] = timeout
    if query is not None:
        parts["params"] = {name: _query_value(value) for name, value in query.items() if value is not None}
    if content is not None:
        parts["content"] = content
    elif body is not None:
        parts["json"] = body
    return parts


def connection_failed(url: str, cause: httpx.TransportError, timeout: float) -> ConnectionFailed:
    parts = urlsplit(url)
    origin = f"{parts.scheme}://{parts.netloc}"
    timed_out = isinstance(cause, httpx.TimeoutException)
    if timed_out:
        said = f"{origin} did not answer within {timeout:g} s. Raise timeout, or look at what keeps it."
    else:
        reason = str(cause) or type(cause).__name__
        said = f"{origin} cannot be reached: {reason}. Is `redoubt serve` running there, and is the base URL right?"
    return ConnectionFailed(said, url=url, timed_out=timed_out)
