"""The class that EvalGuard's code samples use, against your own server: EVALGUARD_BASE_URL names it."""

from __future__ import annotations

from typing import Any, Optional

from ._request import DEFAULT_RETRIES, found_base, found_key
from .sync.transport import Transport

# A security scan is answered when it ends: at its deadline, 25 s by default, and a moment more.
TIMEOUT = 120.0


class EvalGuard:
    """`api_key`: default the variable EVALGUARD_API_KEY. `base_url`: default EVALGUARD_BASE_URL, else
    http://127.0.0.1:4000."""

    def __init__(
        self,
        api_key: Optional[str] = None,
        *,
        base_url: Optional[str] = None,
        timeout: float = TIMEOUT,
        retries: int = DEFAULT_RETRIES,
    ) -> None:
        self._transport = Transport(
            base_url=found_base(base_url, "EVALGUARD_BASE_URL"),
            api_key=found_key(api_key, "EVALGUARD_API_KEY"),
            timeout=timeout,
            retries=retries,
        )

    def request(self, method: str, path: str, body: Any = None, *, idempotency_key: Optional[str] = None) -> Any:
        """Sends a request to EvalGuard's API as the server speaks it; gives the parsed answer."""
        return self._transport.json(method, path, body=body, idempotency_key=idempotency_key)

    def close(self) -> None:
        self._transport.close()
