"""Scans: estimated, started, followed to their end, read."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any, List, Literal, Optional, Union, cast
from urllib.parse import quote

from .._sleep import asleep
from ..errors import ScanNotFinished
from ..generated import (
    Breakdown,
    Estimate,
    HeatMap,
    Mark,
    MarkRequest,
    Scan,
    ScanDetail,
    ScanRequest,
    Summary,
    Test,
    TestDetail,
    Try,
)
from .pages import in_pages
from .transport import AsyncTransport

PATH = "/api/redoubt/v1/scans"

ExportFormat = Literal["jsonl", "pdf", "html", "csv", "json", "sarif", "junit", "markdown", "zip"]


def _path(*steps: object) -> str:
    return "/".join([PATH, *(quote(str(step), safe="") for step in steps)])


class Scans:
    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def create(self, request: ScanRequest, *, idempotency_key: Optional[str] = None) -> ScanDetail:
        """Starts a scan. Sending it twice with one `idempotency_key` starts it once."""
        given = await self._transport.json("POST", PATH, body=request, idempotency_key=idempotency_key)
        return cast(ScanDetail, given)

    async def create_demo(self) -> ScanDetail:
        """Starts a scan of the simulated target: a first look without any model."""
        return cast(ScanDetail, await self._transport.json("POST", _path("demo")))

    async def estimate(self, request: ScanRequest) -> Estimate:
        """What a scan would take: tests, calls, tokens, time. Nothing is started."""
        return cast(Estimate, await self._transport.json("POST", _path("estimate"), body=request))

    async def get(self, scan_id: str) -> ScanDetail:
        return cast(ScanDetail, await self._transport.json("GET", _path(scan_id)))

    def list(self, **query: Any) -> AsyncIterator[Scan]:
        """All scans that the filter lets through (`status`, `kind`, `target`, `text`), newest first."""
        return in_pages(self._transport, PATH, "scans", query)

    async def watch(self, scan_id: str, *, interval: float = 1.0) -> AsyncIterator[ScanDetail]:
        """How the scan stands, every `interval` seconds until it stands still: Finished, Failed, Error or Paused.
        Leaving the loop changes nothing about the scan."""
        while True:
            scan = await self.get(scan_id)
            yield scan
            if scan["status"] not in ("Initializing", "Scanning"):
                return
            await asleep(interval)

    async def wait(self, scan_id: str, *, interval: float = 1.0) -> ScanDetail:
        """The scan once it is Finished. Raises ScanNotFinished where it stands still without that."""
        async for scan in self.watch(scan_id, interval=interval):
            last = scan
        if last["status"] == "Finished":
            return last
        raise ScanNotFinished(last)

    async def pause(self, scan_id: str) -> ScanDetail:
        return cast(ScanDetail, await self._transport.json("POST", _path(scan_id, "pause")))

    async def resume(self, scan_id: str) -> ScanDetail:
        """Goes on with a Paused, Failed or Error scan: nothing that was stored is asked again."""
        return cast(ScanDetail, await self._transport.json("POST", _path(scan_id, "resume")))

    async def stop(self, scan_id: str) -> ScanDetail:
        """Ends it now and reports on what is decided."""
        return cast(ScanDetail, await self._transport.json("POST", _path(scan_id, "stop")))

    async def rejudge(self, scan_id: str) -> ScanDetail:
        """Judges a finished scan anew, in the background, without asking its target."""
        return cast(ScanDetail, await self._transport.json("POST", _path(scan_id, "rejudge")))

    async def rename(self, scan_id: str, name: str) -> ScanDetail:
        return cast(ScanDetail, await self._transport.json("PATCH", _path(scan_id), body={"name": name}))

    async def delete(self, scan_id: str) -> None:
        await self._transport.json("DELETE", _path(scan_id))

    async def summary(self, scan_id: str) -> Summary:
        """What a finished scan found."""
        return cast(Summary, await self._transport.json("GET", _path(scan_id, "summary")))

    async def heat_map(self, scan_id: str) -> HeatMap:
        """Outcomes by dataset and attack."""
        return cast(HeatMap, await self._transport.json("GET", _path(scan_id, "heatmap")))

    async def breakdown(self, scan_id: str, by: str, **query: Any) -> Breakdown:
        """Outcomes by whatever tests can be told apart by: dataset, subcategory, attack, severity, reason, ..."""
        given = await self._transport.json("GET", _path(scan_id, "breakdown"), query={"by": by, **query})
        return cast(Breakdown, given)

    def tests(self, scan_id: str, **query: Any) -> AsyncIterator[Test]:
        """All tests that the filter lets through (`outcome`, `dataset`, `attack`, `text`, ...; lists are allowed)."""
        return in_pages(self._transport, _path(scan_id, "tests"), "tests", query)

    async def test(self, scan_id: str, test: Union[int, str]) -> TestDetail:
        """One test with its conversation, by its number or its plan key."""
        return cast(TestDetail, await self._transport.json("GET", _path(scan_id, "tests", test)))

    async def try_(self, scan_id: str, test: Union[int, str], try_no: int) -> Try:
        """One of its conversations with the target."""
        return cast(Try, await self._transport.json("GET", _path(scan_id, "tests", test, "tries", try_no)))

    def export(self, scan_id: str, format: ExportFormat, *, full_answers: bool = False) -> AsyncIterator[bytes]:
        """A file of a finished scan, as it comes in. `full_answers`: answers judged breached are not shortened."""
        query = {"full_answers": full_answers}
        return self._transport.stream("GET", _path(scan_id, "exports", format), query=query)

    async def marks(self, scan_id: str) -> List[Mark]:
        """What people say of the verdicts."""
        return cast(List[Mark], (await self._transport.json("GET", _path(scan_id, "marks")))["marks"])

    async def mark(self, scan_id: str, plan_key: str, mark: MarkRequest) -> Mark:
        """Says that the verdict on a test is wrong, and what it should be."""
        return cast(Mark, await self._transport.json("PUT", _path(scan_id, "marks", plan_key), body=mark))

    async def unmark(self, scan_id: str, plan_key: str) -> None:
        await self._transport.json("DELETE", _path(scan_id, "marks", plan_key))
