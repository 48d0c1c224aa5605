"""Check in, call, check out: the guard around `chat.completions.create` of an OpenAI client."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import Any, Literal, Optional

from .._fence import fenced_around
from .._places import Place, copied, places_in, places_in_answer, places_in_chunks, places_in_tools
from ..errors import GuardDenied
from ..generated import GuardRequest
from .client import AsyncRedoubt


class HeldStream:
    """A streamed answer that was held until it was whole and checked."""

    def __init__(self, chunks: Sequence[Any]) -> None:
        self._chunks = iter(chunks)

    def __aiter__(self) -> AsyncIterator[Any]:
        return self

    async def __anext__(self) -> Any:
        for chunk in self._chunks:
            return chunk
        raise StopAsyncIteration

    async def __aenter__(self) -> HeldStream:
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self.close()

    async def close(self) -> None:
        self._chunks = iter(())


class Checkpoint:
    def __init__(self, redoubt: AsyncRedoubt, policies: Optional[Sequence[str]], session: Optional[str]) -> None:
        self._redoubt = redoubt
        self._policies = policies
        self._session = session

    async def check(self, side: Literal["input", "output"], places: Sequence[Place]) -> None:
        """Raises GuardDenied where the places may not pass; puts in what the guard replaces."""
        if not places:
            return
        request: GuardRequest = {
            "messages": [{"role": place.role, "content": place.text} for place in places],
            "policies": list(self._policies or ()),
            "session": self._session,
        }
        decision = await self._redoubt.guard.evaluate(request)
        if decision["denied"]:
            raise GuardDenied(decision, side)
        for place, corrected in zip(places, decision["corrected"] or ()):
            if corrected["content"] != place.text:
                place.put(corrected["content"])


def guarded(client: Any, redoubt: AsyncRedoubt, policies: Optional[Sequence[str]], session: Optional[str]) -> Any:
    checkpoint = Checkpoint(redoubt, policies, session)
    inner = client.chat.completions.create

    async def create(*, messages: Any, **given: Any) -> Any:
        sent = copied(messages)
        places = [place for message in sent for place in places_in(message)]
        await checkpoint.check("input", places + places_in_tools(given.get("tools")))
        answer = await inner(messages=sent, **given)
        if given.get("stream") is True:
            chunks = [chunk async for chunk in answer]
            await checkpoint.check("output", places_in_chunks(chunks))
            return HeldStream(chunks)
        await checkpoint.check("output", places_in_answer(answer))
        return answer

    return fenced_around(client, create)
