"""Reads what a refused request was answered with, in each form that the server speaks."""

from __future__ import annotations

import json
import math
from typing import Any, Optional
from urllib.parse import urlsplit

import httpx

from ._retry import read_retry_after
from .errors import ApiError, class_of

_WORDS = {
    400: "BAD_REQUEST",
    401: "UNAUTHORIZED",
    403: "FORBIDDEN",
    404: "NOT_FOUND",
    409: "CONFLICT",
    422: "INVALID_BODY",
    429: "RATE_LIMITED",
}


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _text(value: Any) -> Optional[str]:
    return value if isinstance(value, str) and value != "" else None


def _said_in_error(body: dict[str, Any]) -> Optional[dict[str, Any]]:
    """`{error: {code, message, field?, lines?, requestId?}}`: our own API, EvalGuard's, the gateway's."""
    error = body.get("error")
    if not isinstance(error, dict) or not isinstance(error.get("message"), str):
        return None
    return {
        "message": error["message"],
        "code": _text(error.get("code")),
        "field": _text(error.get("field") or error.get("param")),
        "lines": error.get("lines") or [],
        "request_id": _text(error.get("requestId")),
    }


def _said_in_detail(body: dict[str, Any]) -> Optional[dict[str, Any]]:
    """`{detail: "..."}` or `{detail: [{loc, msg}]}`: Guardion's."""
    detail = body.get("detail")
    if isinstance(detail, str):
        return {"message": detail}
    if not isinstance(detail, list):
        return None
    problems = [
        (".".join(str(step) for step in problem.get("loc") or [] if step != "body"), str(problem.get("msg")))
        for problem in detail
        if isinstance(problem, dict)
    ]
    message = "; ".join(text if place == "" else f"{place}: {text}" for place, text in problems)
    return {"message": message, "field": (problems[0][0] or None) if problems else None}


def _said(body: Any) -> Optional[dict[str, Any]]:
    if not isinstance(body, dict):
        return None
    found = _said_in_error(body) or _said_in_detail(body)
    if found is not None:
        return found
    text = _text(body.get("error")) or _text(body.get("message"))
    return None if text is None else {"message": text}


def _foreign(text: str, url: str) -> dict[str, Any]:
    """What a body says that is not one of the server's: a proxy's page, or another server altogether."""
    return {
        "message": f"{urlsplit(url).netloc} did not answer as Redoubt does: {text.strip()[:200] or 'nothing'}. "
        "Check that the base URL names the server, and what stands between."
    }


def refusal_of(response: httpx.Response, now: float) -> ApiError:
    """The error that a response of status 300 or more stands for. Its body must have been read."""
    body = _parsed(response.text)
    found = _said(body) or _foreign(response.text, str(response.url))
    wait = read_retry_after(response.headers.get("retry-after"), now)
    return class_of(response.status_code)(
        found["message"],
        status=response.status_code,
        code=found.get("code") or _WORDS.get(response.status_code, f"HTTP_{response.status_code}"),
        field=found.get("field"),
        lines=found.get("lines") or [],
        request_id=response.headers.get("x-request-id") or found.get("request_id"),
        retry_after=None if wait is None else math.ceil(wait),
        headers=response.headers,
        body=body,
    )
