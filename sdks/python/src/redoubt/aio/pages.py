"""Lists that come in pages, as one sequence: the next page is asked for when it is needed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any, Optional

from .transport import AsyncTransport


async def in_pages(
    transport: AsyncTransport,
    path: str,
    key: str,
    query: Optional[dict[str, Any]] = None,
    cursor: str = "cursor",
) -> AsyncIterator[Any]:
    """What stands under `key` of each page; `next` of a page is the `cursor` of the one after, null after the last."""
    at: Any = None
    while True:
        page = await transport.json("GET", path, query={**(query or {}), cursor: at})
        for item in page[key]:
            yield item
        at = page["next"]
        if at is None:
            return
