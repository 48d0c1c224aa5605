"""The guard: whether messages may pass, what it decided before, what it holds to."""

from __future__ import annotations

from typing import List, cast
from urllib.parse import quote

from ..generated import (
    Detector,
    DryRun,
    DryRunRequest,
    GuardDecision,
    GuardRequest,
    Policy,
    PolicyInForce,
    PolicyVersions,
    RecordedDecision,
    SavedPolicy,
)
from .transport import Transport

PATH = "/api/redoubt/v1/guard"
POLICIES = "/api/redoubt/v1/policies"


class Guard:
    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def evaluate(self, request: GuardRequest) -> GuardDecision:
        """Asks whether messages may pass. That it says no is an answer, no error; `corrected` is what to go on with."""
        return cast(GuardDecision, self._transport.json("POST", f"{PATH}/check", body=request))

    def dry_run(self, request: DryRunRequest) -> DryRun:
        """What a draft of a policy would have done to recorded decisions."""
        return cast(DryRun, self._transport.json("POST", f"{PATH}/dry-run", body=request))

    def decisions(self, *, limit: int = 100) -> List[RecordedDecision]:
        """The latest recorded decisions, newest first."""
        given = self._transport.json("GET", f"{PATH}/decisions", query={"limit": limit})
        return cast(List[RecordedDecision], given)

    def detectors(self) -> List[Detector]:
        """What policies can ask."""
        return cast(List[Detector], (self._transport.json("GET", "/api/redoubt/v1/detectors"))["detectors"])


class Policies:
    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(self) -> List[PolicyInForce]:
        """Those in force."""
        return cast(List[PolicyInForce], (self._transport.json("GET", POLICIES))["policies"])

    def get(self, policy_id: str) -> PolicyVersions:
        return cast(PolicyVersions, self._transport.json("GET", f"{POLICIES}/{quote(policy_id, safe='')}"))

    def save(self, policy: Policy) -> SavedPolicy:
        """Stores it; one of the same id becomes its next version."""
        path = f"{POLICIES}/{quote(policy['id'], safe='')}"
        return cast(SavedPolicy, self._transport.json("PUT", path, body=policy))
