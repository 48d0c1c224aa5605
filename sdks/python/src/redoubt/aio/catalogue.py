"""What a scan can run and be held against: attacks, suites, targets, comparisons, findings."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any, List, Optional, cast
from urllib.parse import quote

from ..generated import (
    Attack,
    ComparedTest,
    Comparison,
    Finding,
    FindingDecisionRequest,
    Models,
    Preview,
    PreviewRequest,
    ScanFindings,
    Suite,
    TargetTest,
)
from .pages import in_pages
from .transport import AsyncTransport

BASE = "/api/redoubt/v1"


class Attacks:
    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def list(self) -> List[Attack]:
        return cast(List[Attack], (await self._transport.json("GET", f"{BASE}/attacks"))["attacks"])

    async def preview(self, attack: str, request: PreviewRequest) -> Preview:
        """What an attack makes of a text; nothing is sent to a target."""
        path = f"{BASE}/attacks/{quote(attack, safe='')}/preview"
        return cast(Preview, await self._transport.json("POST", path, body=request))

    async def suites(self) -> List[Suite]:
        """Slices of datasets with the attacks that belong to them."""
        return cast(List[Suite], (await self._transport.json("GET", f"{BASE}/suites"))["suites"])


class Targets:
    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def test(self, target: Any) -> TargetTest:
        """Sends one harmless message and shows what went over the wire."""
        return cast(TargetTest, await self._transport.json("POST", f"{BASE}/targets/test", body={"target": target}))

    async def models(self) -> Models:
        """Those that the settings of the server name."""
        return cast(Models, await self._transport.json("GET", f"{BASE}/models"))


class Comparisons:
    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def get(self, before: str, after: str) -> Comparison:
        """What regressed, what was fixed, and whether it is chance. Ids of two finished scans."""
        query = {"before": before, "after": after}
        return cast(Comparison, await self._transport.json("GET", f"{BASE}/comparisons", query=query))

    def tests(self, before: str, after: str, standing: str) -> AsyncIterator[ComparedTest]:
        """The tests of one standing, in the order of the earlier scan."""
        query = {"before": before, "after": after, "standing": standing}
        return in_pages(self._transport, f"{BASE}/comparisons/tests", "tests", query)


class Findings:
    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def list(
        self, *, state: Optional[str] = None, severity: Optional[str] = None, sort: Optional[str] = None
    ) -> AsyncIterator[Finding]:
        """What failed, followed from scan to scan."""
        offset = 0
        while True:
            query = {"state": state, "severity": severity, "sort": sort, "offset": offset}
            page = await self._transport.json("GET", f"{BASE}/findings", query=query)
            for finding in page["findings"]:
                yield finding
            offset += len(page["findings"])
            if not page["findings"] or offset >= page["total"]:
                return

    async def decide(self, fingerprint: str, decision: FindingDecisionRequest) -> Finding:
        """Accepts one, or says that it is none."""
        path = f"{BASE}/findings/{quote(fingerprint, safe='')}/decision"
        return cast(Finding, await self._transport.json("PUT", path, body=decision))

    async def undecide(self, fingerprint: str) -> None:
        """Takes that back."""
        await self._transport.json("DELETE", f"{BASE}/findings/{quote(fingerprint, safe='')}/decision")

    async def of_scan(self, scan_id: str, *, baseline: Optional[str] = None) -> ScanFindings:
        """What a finished scan found: new, known, back again, fixed; held against `baseline`, the id of another."""
        path = f"{BASE}/scans/{quote(scan_id, safe='')}/findings"
        return cast(ScanFindings, await self._transport.json("GET", path, query={"baseline": baseline}))
