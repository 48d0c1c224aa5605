"""Datasets: those that ship and those of the project."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any, List, Literal, Optional, Union, cast
from urllib.parse import quote

from ..generated import Dataset, DatasetCase, UploadReport
from .pages import in_pages
from .transport import AsyncTransport

PATH = "/api/redoubt/v1/datasets"
TYPES = {"jsonl": "application/jsonl", "csv": "text/csv"}


def _path(name: str) -> str:
    return f"{PATH}/{quote(name, safe='')}"


def _bytes_of(data: Union[str, bytes, "os.PathLike[str]"]) -> bytes:
    if isinstance(data, bytes):
        return data
    return data.encode() if isinstance(data, str) else Path(data).read_bytes()


class Datasets:
    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def list(self) -> List[Dataset]:
        return cast(List[Dataset], (await self._transport.json("GET", PATH))["datasets"])

    async def get(self, name: str) -> Dataset:
        """By name or slug."""
        return cast(Dataset, (await self._transport.json("GET", _path(name), query={"limit": 1}))["dataset"])

    def cases(self, name: str) -> AsyncIterator[DatasetCase]:
        """All cases, in the order of the file."""
        return in_pages(self._transport, _path(name), "cases", cursor="after")

    async def add(
        self,
        name: str,
        data: Union[str, bytes, "os.PathLike[str]"],
        *,
        format: Literal["jsonl", "csv"] = "jsonl",
        columns: Optional[Mapping[str, str]] = None,
        check_only: bool = False,
    ) -> UploadReport:
        """Adds a dataset, or a new version of one: the text itself, or the path of a file of at most 64 MB. `columns`:
        which column of a CSV holds a key. Raises InvalidRequestError whose `lines` name the bad ones."""
        query: dict[str, Any] = {
            "name": name,
            "column": [f"{key}={column}" for key, column in (columns or {}).items()],
            "check_only": check_only,
        }
        given = await self._transport.json(
            "POST", PATH, query=query, content=_bytes_of(data), content_type=TYPES[format]
        )
        return cast(UploadReport, given)

    async def delete(self, name: str) -> None:
        """Deletes one of the project's own; scans that used it keep their version."""
        await self._transport.json("DELETE", _path(name))
