"""One HTTP call with all that belongs to it: key, timeout, tries, idempotency, errors."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Mapping
from typing import Any, Optional, Union

import httpx

from .._refusal import refusal_of
from .._request import DEFAULT_RETRIES, DEFAULT_TIMEOUT, connection_failed, request_parts
from .._retry import is_tried_again, read_retry_after, wait_before
from .._sleep import sleep
from ..errors import ApiError, ConnectionFailed


class Transport:
    def __init__(
        self,
        *,
        base_url: str,
        api_key: Optional[str],
        timeout: float = DEFAULT_TIMEOUT,
        retries: int = DEFAULT_RETRIES,
        headers: Optional[Mapping[str, str]] = None,
    ) -> None:
        own = {} if api_key is None else {"Authorization": f"Bearer {api_key}"}
        self._base_url = base_url
        self._timeout = timeout
        self._retries = retries
        # An answer of another host is none of the server's, and would be sent the key: no redirect is followed.
        self._http = httpx.Client(timeout=timeout, headers={**own, **(headers or {})}, follow_redirects=False)

    def close(self) -> None:
        self._http.close()

    def _once(self, method: str, url: str, parts: dict[str, Any], is_stream: bool) -> httpx.Response:
        try:
            response = self._http.send(self._http.build_request(method, url, **parts), stream=True)
            if response.status_code >= 300:
                response.read()
                raise refusal_of(response, time.time())
            if not is_stream:
                response.read()
            return response
        except httpx.TransportError as cause:
            raise connection_failed(url, cause, parts.get("timeout", self._timeout)) from cause

    def send(self, method: str, path: str, *, is_stream: bool = False, **given: Any) -> httpx.Response:
        """Sends, and tries again. Gives a response of status 2xx; raises ApiError or ConnectionFailed."""
        url = self._base_url + path
        parts = request_parts(method, **given)
        tried = 0
        while True:
            tried += 1
            try:
                return self._once(method, url, parts, is_stream)
            except (ApiError, ConnectionFailed) as error:
                wait = _wait_after(error, method, tried, self._retries)
                if wait is None:
                    raise
            sleep(wait)

    def json(self, method: str, path: str, **given: Any) -> Any:
        """The parsed body; None where it is empty."""
        response = self.send(method, path, **given)
        return None if response.content == b"" else response.json()

    def stream(self, method: str, path: str, **given: Any) -> Iterator[bytes]:
        """The body as it comes in."""
        response = self.send(method, path, is_stream=True, **given)
        try:
            for piece in response.iter_bytes():
                yield piece
        except httpx.TransportError as cause:
            raise connection_failed(str(response.url), cause, self._timeout) from cause
        finally:
            response.close()


def _wait_after(error: Union[ApiError, ConnectionFailed], method: str, tried: int, retries: int) -> Optional[float]:
    """Seconds before the next try; None where there is none."""
    if tried > retries:
        return None
    if isinstance(error, ConnectionFailed):
        return wait_before(tried, None, random.random())
    if not is_tried_again(error.status, method):
        return None
    return wait_before(tried, read_retry_after(error.headers.get("retry-after"), time.time()), random.random())
