"""Lists that come in pages, as one sequence: the next page is asked for when it is needed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Optional

from .transport import Transport


def in_pages(
    transport: Transport,
    path: str,
    key: str,
    query: Optional[dict[str, Any]] = None,
    cursor: str = "cursor",
) -> Iterator[Any]:
    """What stands under `key` of each page; `next` of a page is the `cursor` of the one after, null after the last."""
    at: Any = None
    while True:
        page = transport.json("GET", path, query={**(query or {}), cursor: at})
        for item in page[key]:
            yield item
        at = page["next"]
        if at is None:
            return
