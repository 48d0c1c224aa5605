"""Whether a call is tried again, and when: values in, values out."""

from __future__ import annotations

from datetime import timezone
from email.utils import parsedate_to_datetime
from typing import Optional

REFUSED_FOR_NOW = frozenset((429, 503))
"""Answers after which any call may be sent again: the server did nothing with it."""
FROM_BETWEEN = frozenset((502, 504))
"""Answers of something between us and the server, which may have done its work."""

FIRST_WAIT = 0.5
LONGEST_WAIT = 8.0
LONGEST_RETRY_AFTER = 60.0
"""A server that asks for more is told of at once, rather than waited for."""


def is_tried_again(status: int, method: str) -> bool:
    return status in REFUSED_FOR_NOW or (status in FROM_BETWEEN and method != "POST")


def read_retry_after(header: Optional[str], now: float) -> Optional[float]:
    """Seconds that a `Retry-After` header asks for, as seconds or as a date; None where it says nothing."""
    if header is None or header.strip() == "":
        return None
    try:
        seconds = float(header)
        return seconds if seconds >= 0 else None
    except ValueError:
        pass
    try:
        at = parsedate_to_datetime(header)
    except (TypeError, ValueError):
        return None
    if at.tzinfo is None:
        at = at.replace(tzinfo=timezone.utc)
    return max(0.0, at.timestamp() - now)


def wait_before(tried: int, retry_after: Optional[float], random: float) -> Optional[float]:
    """Seconds before try `tried + 1`: what the server asks for, else doubling from 0.5 to 8 with jitter (`random` in
    0..1); None where it asks for more than a minute."""
    if retry_after is not None:
        return retry_after if retry_after <= LONGEST_RETRY_AFTER else None
    return min(LONGEST_WAIT, FIRST_WAIT * 2.0 ** (tried - 1)) * (0.5 + random / 2)
