"""Retries, timeouts, errors: sync and async."""

from __future__ import annotations

import asyncio
import time
from email.utils import formatdate
from typing import Any

import pytest
from conftest import Scripted, busy, hang_up, reply

from redoubt import (
    ApiError,
    AsyncRedoubt,
    ConnectionFailed,
    EvalGuard,
    RateLimitError,
    Redoubt,
    RedoubtError,
)

DRAFT: Any = {"draft": {"id": "x", "rules": []}}


class Async:
    """Calls the async client as if it were the sync one."""

    def __init__(self, **given: Any) -> None:
        self._given = given

    def run(self, call: Any) -> Any:
        async def inside() -> Any:
            async with AsyncRedoubt(**self._given) as client:
                return await call(client)

        return asyncio.run(inside())


class Sync(Async):
    def run(self, call: Any) -> Any:
        with Redoubt(**self._given) as client:
            return call(client)


both = pytest.mark.parametrize("world", [Sync, Async])


@both
@pytest.mark.parametrize(("status", "is_date"), [(429, False), (503, False), (503, True)])
def test_waits_as_long_as_asked_with_one_idempotency_key(
    scripted: Scripted, world: Any, status: int, is_date: bool
) -> None:
    # A date has whole seconds: 2 s ahead is at least one.
    scripted.answers = [lambda it: busy(status, formatdate(time.time() + 2, usegmt=True) if is_date else "1")(it)]
    world(base_url=scripted.url, api_key="k").run(lambda client: client.guard.dry_run(DRAFT))
    (_, first, at), (_, second, later) = scripted.seen
    assert later - at > 0.95
    assert len(first["idempotency-key"]) == 36
    assert first["idempotency-key"] == second["idempotency-key"]


@both
def test_goes_on_after_a_broken_connection(scripted: Scripted, world: Any) -> None:
    scripted.answers = [hang_up]
    world(base_url=scripted.url, api_key="k").run(lambda client: client.guard.decisions())
    assert len(scripted.seen) == 2


@both
def test_ends_after_the_tries_that_were_asked_for(scripted: Scripted, world: Any) -> None:
    scripted.answers = [busy(429, "0")] * 3
    with pytest.raises(RateLimitError) as raised:
        world(base_url=scripted.url, api_key="k", retries=2).run(lambda client: client.guard.decisions())
    assert str(raised.value) == "Too many requests. (429 RATE_LIMITED) [request r-1]"
    assert (raised.value.status, raised.value.request_id, raised.value.retry_after) == (429, "r-1", 0)
    assert len(scripted.seen) == 3


def test_does_not_wait_for_longer_than_a_minute(scripted: Scripted) -> None:
    scripted.answers = [busy(503, "3600")]
    with pytest.raises(ApiError) as raised:
        Redoubt(base_url=scripted.url, api_key="k").guard.decisions()
    assert raised.value.retry_after == 3600
    assert len(scripted.seen) == 1


@pytest.mark.parametrize("status", [400, 401, 404, 500])
def test_leaves_others_alone(scripted: Scripted, status: int) -> None:
    scripted.answers = [busy(status, "0")]
    with pytest.raises(ApiError) as raised:
        Redoubt(base_url=scripted.url, api_key="k").guard.decisions()
    assert raised.value.status == status
    assert len(scripted.seen) == 1


def test_repeats_what_something_between_said_for_a_get_never_for_a_post(scripted: Scripted) -> None:
    scripted.answers = [busy(502, "0"), reply(200, "[]"), busy(502, "0")]
    client = Redoubt(base_url=scripted.url, api_key="k")
    assert client.guard.decisions() == []
    with pytest.raises(ApiError):
        client.guard.dry_run(DRAFT)
    assert [method for method, _headers, _at in scripted.seen] == ["GET", "GET", "POST"]


def test_says_that_nobody_listens_where_and_what_to_do(scripted: Scripted) -> None:
    scripted.close()
    with pytest.raises(ConnectionFailed, match=r"cannot be reached: .+ Is `redoubt serve` running there"):
        Redoubt(base_url=scripted.url, api_key="k", retries=0).datasets.list()


def test_says_that_it_took_too_long(scripted: Scripted) -> None:
    scripted.answers = [lambda _handler: time.sleep(0.5)]
    with pytest.raises(ConnectionFailed, match=r"within 0\.05 s\. Raise timeout") as raised:
        Redoubt(base_url=scripted.url, api_key="k", retries=0, timeout=0.05).datasets.list()
    assert raised.value.timed_out


def test_says_that_somebody_else_answered(scripted: Scripted) -> None:
    scripted.answers = [reply(404, "<h1>nginx</h1>")]
    with pytest.raises(ApiError, match=r"did not answer as Redoubt does: <h1>nginx</h1>\. Check that the base URL"):
        Redoubt(base_url=scripted.url, api_key="k").datasets.list()


def test_follows_no_redirect(scripted: Scripted) -> None:
    other = Scripted()
    scripted.answers = [reply(307, "", location=other.url)]
    with pytest.raises(ApiError) as raised:
        Redoubt(base_url=scripted.url, api_key="k").datasets.list()
    assert raised.value.status == 307
    assert other.seen == []
    other.close()


def test_asks_for_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REDOUBT_API_KEY", raising=False)
    monkeypatch.delenv("EVALGUARD_API_KEY", raising=False)
    with pytest.raises(RedoubtError, match='base URL "localhost:4000" is none'):
        Redoubt(base_url="localhost:4000", api_key="k")
    with pytest.raises(RedoubtError, match="set REDOUBT_API_KEY"):
        Redoubt()
    with pytest.raises(RedoubtError, match="set EVALGUARD_API_KEY"):
        EvalGuard()
