"""What can go wrong, as types: each says what happened, where, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, Optional

if TYPE_CHECKING:
    from .generated import GuardDecision, ProblemErrorLine, ScanDetail


class RedoubtError(Exception):
    """Everything that this package raises is one of these."""


class ConnectionFailed(RedoubtError):
    """No answer came: nothing listens there, the line broke, or it took longer than `timeout`."""

    def __init__(self, message: str, *, url: str, timed_out: bool) -> None:
        super().__init__(message)
        self.url = url
        self.timed_out = timed_out


class ApiError(RedoubtError):
    """The server answered, and refused."""

    def __init__(
        self,
        message: str,
        *,
        status: int,
        code: str,
        field: Optional[str] = None,
        lines: Sequence[ProblemErrorLine] = (),
        request_id: Optional[str] = None,
        retry_after: Optional[int] = None,
        headers: Optional[Mapping[str, str]] = None,
        body: Any = None,
    ) -> None:
        suffix = "" if request_id is None else f" [request {request_id}]"
        super().__init__(f"{message} ({status} {code}){suffix}")
        self.status = status
        self.code = code
        """The server's word for it, e.g. INVALID_FIELD."""
        self.field = field
        """The part of the request that is wrong."""
        self.lines = lines
        """Of an uploaded file: its bad lines, at most 100."""
        self.request_id = request_id
        """To be named when asking whoever runs the server."""
        self.retry_after = retry_after
        """Seconds that the server asks to wait."""
        self.headers: Mapping[str, str] = headers or {}
        self.body = body
        """As it came: parsed where it is JSON, else text."""


class InvalidRequestError(ApiError):
    """400, 413, 415, 422: the request does not fit; `field` says where."""


class AuthenticationError(ApiError):
    """401: no key, or one that is not valid."""


class PermissionDeniedError(ApiError):
    """403: the key lacks the scope."""


class NotFoundError(ApiError):
    """404: nothing of that name in the project of the key."""


class ConflictError(ApiError):
    """409: it stands against what is there."""


class RateLimitError(ApiError):
    """429, after all tries: `retry_after` says when to come again."""


class ServerError(ApiError):
    """5xx, after all tries."""


_CLASSES: Mapping[int, type[ApiError]] = {
    400: InvalidRequestError,
    401: AuthenticationError,
    403: PermissionDeniedError,
    404: NotFoundError,
    409: ConflictError,
    413: InvalidRequestError,
    415: InvalidRequestError,
    422: InvalidRequestError,
    429: RateLimitError,
}


def class_of(status: int) -> type[ApiError]:
    """The class of errors of a status."""
    return _CLASSES.get(status, ServerError if status >= 500 else ApiError)


class ScanNotFinished(RedoubtError):
    """The scan stands still without a result: it is Failed, in Error, or somebody paused it."""

    def __init__(self, scan: ScanDetail) -> None:
        why = "" if scan["reason"] is None else f": {scan['reason']}"
        super().__init__(
            f'The scan "{scan["name"]}" is {scan["status"]}{why}. '
            f'scans.resume("{scan["scan_id"]}") goes on where it stopped.'
        )
        self.scan = scan


class GuardDenied(RedoubtError):
    """The guard said no. `decision` says which policy and detector."""

    def __init__(self, decision: GuardDecision, side: Literal["input", "output"]) -> None:
        fired = [finding for finding in decision["findings"] if finding["detected"] or finding["undecided"] is not None]
        what = ", ".join(
            f"{finding['policy']}: {finding['detector']}" + ("" if finding["undecided"] is None else " could not decide")
            for finding in fired
        )
        super().__init__(f"The guard denied the {side} ({what}). Decision {decision['id']}.")
        self.decision = decision
        self.side = side
