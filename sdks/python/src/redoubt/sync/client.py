"""The client of a Redoubt server: one object a resource, over one transport."""

from __future__ import annotations

from collections.abc import Mapping
from types import TracebackType
from typing import Any, Optional

import httpx

from .._request import DEFAULT_RETRIES, DEFAULT_TIMEOUT, found_base, found_key
from .catalogue import Attacks, Comparisons, Findings, Targets
from .datasets import Datasets
from .guard import Guard, Policies
from .scans import Scans
from .transport import Transport


class Redoubt:
    """`api_key`: default the variable REDOUBT_API_KEY. `base_url`: default REDOUBT_BASE_URL, else
    http://127.0.0.1:4000. `timeout`: seconds that the server may keep one try waiting. `retries`: further tries after
    429, 503 and broken connections. `headers`: sent with every request."""

    def __init__(
        self,
        *,
        api_key: Optional[str] = None,
        base_url: Optional[str] = None,
        timeout: float = DEFAULT_TIMEOUT,
        retries: int = DEFAULT_RETRIES,
        headers: Optional[Mapping[str, str]] = None,
    ) -> None:
        self._transport = Transport(
            base_url=found_base(base_url, "REDOUBT_BASE_URL"),
            api_key=found_key(api_key, "REDOUBT_API_KEY", " (`redoubt keys create NAME`)"),
            timeout=timeout,
            retries=retries,
            headers=headers,
        )
        self.scans = Scans(self._transport)
        self.guard = Guard(self._transport)
        self.policies = Policies(self._transport)
        self.findings = Findings(self._transport)
        self.datasets = Datasets(self._transport)
        self.attacks = Attacks(self._transport)
        self.comparisons = Comparisons(self._transport)
        self.targets = Targets(self._transport)

    def send(self, method: str, path: str, **given: Any) -> httpx.Response:
        """Any other request to the server, with the same key, timeout and tries: `query`, `body`, `headers`, ..."""
        return self._transport.send(method, path, **given)

    def close(self) -> None:
        self._transport.close()

    def __enter__(self) -> Redoubt:
        return self

    def __exit__(
        self,
        kind: Optional[type[BaseException]],
        error: Optional[BaseException],
        trace: Optional[TracebackType],
    ) -> None:
        self.close()
