"""Redoubt from Python: scans, the guard, and a guard around OpenAI clients; sync and async."""

from .aio.client import AsyncRedoubt
from .errors import (
    ApiError,
    AuthenticationError,
    ConflictError,
    ConnectionFailed,
    GuardDenied,
    InvalidRequestError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
    RedoubtError,
    ScanNotFinished,
    ServerError,
)
from .evalguard import EvalGuard
from .sync.client import Redoubt

__all__ = [
    "ApiError",
    "AsyncRedoubt",
    "AuthenticationError",
    "ConflictError",
    "ConnectionFailed",
    "EvalGuard",
    "GuardDenied",
    "InvalidRequestError",
    "NotFoundError",
    "PermissionDeniedError",
    "RateLimitError",
    "Redoubt",
    "RedoubtError",
    "ScanNotFinished",
    "ServerError",
]
