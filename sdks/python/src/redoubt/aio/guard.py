"""The guard: whether messages may pass, what it decided before, what it holds to."""

from __future__ import annotations

from typing import List, Optional, cast
from urllib.parse import quote

from ..generated import (
    Detector,
    DryRun,
    DryRunRequest,
    GuardDecision,
    GuardRequest,
    Hardened,
    Hardening,
    HardenRequest,
    Policy,
    PolicyInForce,
    PolicyVersions,
    RecordedDecision,
    SavedPolicy,
)
from .transport import AsyncTransport

PATH = "/api/redoubt/v1/guard"
POLICIES = "/api/redoubt/v1/policies"
HARDENINGS = "/api/redoubt/v1/hardenings"
# Candidates are proven on every held-out test of the scan.
HARDEN_TIMEOUT = 600.0


class Guard:
    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def evaluate(self, request: GuardRequest) -> GuardDecision:
        """Asks whether messages may pass. That it says no is an answer, no error; `corrected` is what to go on with."""
        return cast(GuardDecision, await self._transport.json("POST", f"{PATH}/check", body=request))

    async def dry_run(self, request: DryRunRequest) -> DryRun:
        """What a draft of a policy would have done to recorded decisions."""
        return cast(DryRun, await self._transport.json("POST", f"{PATH}/dry-run", body=request))

    async def decisions(self, *, limit: int = 100) -> List[RecordedDecision]:
        """The latest recorded decisions, newest first."""
        given = await self._transport.json("GET", f"{PATH}/decisions", query={"limit": limit})
        return cast(List[RecordedDecision], given)

    async def detectors(self) -> List[Detector]:
        """What policies can ask."""
        return cast(List[Detector], (await self._transport.json("GET", "/api/redoubt/v1/detectors"))["detectors"])


class Policies:
    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def list(self) -> List[PolicyInForce]:
        """Those in force."""
        return cast(List[PolicyInForce], (await self._transport.json("GET", POLICIES))["policies"])

    async def get(self, policy_id: str) -> PolicyVersions:
        return cast(PolicyVersions, await self._transport.json("GET", f"{POLICIES}/{quote(policy_id, safe='')}"))

    async def save(self, policy: Policy) -> SavedPolicy:
        """Stores it; one of the same id becomes its next version."""
        path = f"{POLICIES}/{quote(policy['id'], safe='')}"
        return cast(SavedPolicy, await self._transport.json("PUT", path, body=policy))

    async def harden(self, scan_id: str, request: Optional[HardenRequest] = None) -> Hardened:
        """Drafts policies from what a finished scan found, proves them on held-out tests, promotes those that stand.
        Takes its time."""
        path = f"/api/redoubt/v1/scans/{quote(scan_id, safe='')}/harden"
        return cast(Hardened, await self._transport.json("POST", path, body=request or {}, timeout=HARDEN_TIMEOUT))

    async def hardenings(self, *, limit: int = 100) -> List[Hardening]:
        """All candidates with their proofs, the latest first."""
        given = await self._transport.json("GET", HARDENINGS, query={"limit": limit})
        return cast(List[Hardening], given["hardenings"])

    async def roll_back(self, policy_id: str, reason: str) -> None:
        """Makes what held before the promotion of this policy hold again."""
        path = f"{HARDENINGS}/{quote(policy_id, safe='')}/roll-back"
        await self._transport.json("POST", path, body={"reason": reason})
