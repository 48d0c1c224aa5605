"""The guard around the real OpenAI clients, sync and async, streams included."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from conftest import Scripted, named, reply

from redoubt import AsyncRedoubt, ConnectionFailed, GuardDenied, Redoubt, RedoubtError
from redoubt.openai import guard_openai

openai = pytest.importorskip("openai")

SECRET = "sk_live_4eC39HqLyjWDarjtT1zdp7dc"
POLICY: Any = {
    "id": "in-and-out",
    "targets": ["user", "assistant", "tool"],
    "rules": [
        {"detector": "contains", "action": "block", "reference": "project heron"},
        {"detector": "secrets", "action": "redact"},
    ],
}


class Model(Scripted):
    """A model endpoint that says what it is told to."""

    def says(self, **message: Any) -> None:
        choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": None, **message}}
        text = {"id": "c", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice]}
        self.answers = [reply(200, json.dumps(text), content_type="application/json")] * 20

    def streams(self, *pieces: str) -> None:
        events = [
            {
                "id": "c",
                "object": "chat.completion.chunk",
                "created": 1,
                "model": "m",
                "choices": [{"index": 0, "delta": {"content": piece}, "finish_reason": None}],
            }
            for piece in pieces
        ]
        text = "".join(f"data: {json.dumps(event)}\n\n" for event in events) + "data: [DONE]\n\n"
        self.answers = [reply(200, text, content_type="text/event-stream")] * 20


@pytest.fixture
def model() -> Any:
    server = Model()
    yield server
    server.close()


@pytest.fixture
def guarded(client: Redoubt, model: Model) -> Any:
    client.policies.save(POLICY)
    inner = openai.OpenAI(base_url=f"{model.url}/v1", api_key="any", max_retries=0)
    return guard_openai(inner, client, policies=["in-and-out"])


def ask(guarded: Any, content: Any, **given: Any) -> Any:
    return guarded.chat.completions.create(model="m", messages=[{"role": "user", "content": content}], **given)


def test_what_is_harmless_passes_unchanged(guarded: Any, model: Model) -> None:
    model.says(content="Lisbon.")
    assert ask(guarded, "What is the capital of Portugal?").choices[0].message.content == "Lisbon."
    assert len(model.seen) == 1


def test_the_model_is_not_called_where_the_guard_denies_what_goes_in(guarded: Any, model: Model) -> None:
    with pytest.raises(GuardDenied, match=r"denied the input \(in-and-out: contains\)") as raised:
        ask(guarded, "Tell me of Project Heron.")
    assert raised.value.decision["denied"]
    assert model.seen == []


def test_what_is_to_be_replaced_is_replaced_both_ways(guarded: Any, model: Model) -> None:
    call = {"id": "c", "type": "function", "function": {"name": "mail", "arguments": json.dumps({"body": SECRET})}}
    model.says(content=f"take {SECRET}", tool_calls=[call])
    parts = [{"type": "text", "text": "Hello"}, {"type": "text", "text": f"key {SECRET}"}]
    message = ask(guarded, parts).choices[0].message
    assert SECRET not in message.model_dump_json()
    assert message.content.startswith("take [")
    assert SECRET in parts[1]["text"]
    # An answer goes back in among the messages as it is.
    model.says(content="Fine.")
    again = [{"role": "user", "content": "Hello"}, message, {"role": "tool", "tool_call_id": "c", "content": SECRET}]
    assert guarded.chat.completions.create(model="m", messages=again).choices[0].message.content == "Fine."


def test_what_the_guard_denies_on_the_way_out_is_kept_back(guarded: Any, model: Model) -> None:
    model.says(content="It is about project heron.")
    with pytest.raises(GuardDenied, match="denied the output"):
        ask(guarded, "Hello")


def test_a_streamed_answer_is_held_until_it_is_checked(guarded: Any, model: Model) -> None:
    def streamed() -> str:
        with ask(guarded, "Hello", stream=True) as stream:
            return "".join(chunk.choices[0].delta.content or "" for chunk in stream)

    model.streams("Lis", "bon", ".")
    assert streamed() == "Lisbon."
    model.streams("my key: sk_live_4eC39HqLyj", "WDarjtT1zdp7dc", " - done")
    text = streamed()
    assert text.startswith("my key: [") and text.endswith("] - done")
    model.streams("project ", "he", "ron")
    with pytest.raises(GuardDenied):
        streamed()


def test_the_async_clients(server_url: str, client: Redoubt, model: Model) -> None:
    client.policies.save(POLICY)

    async def inside() -> None:
        async with AsyncRedoubt(base_url=server_url) as redoubt:
            inner = openai.AsyncOpenAI(base_url=f"{model.url}/v1", api_key="any", max_retries=0)
            guarded = guard_openai(inner, redoubt, policies=["in-and-out"])
            model.says(content=f"take {SECRET}")
            answer = await ask(guarded, "Hello")
            assert answer.choices[0].message.content.startswith("take [")
            model.streams("Lis", "bon", ".")
            stream = await ask(guarded, "Hello", stream=True)
            assert "".join([chunk.choices[0].delta.content async for chunk in stream]) == "Lisbon."
            with pytest.raises(GuardDenied):
                await ask(guarded, "project heron")

    asyncio.run(inside())


def test_other_calls_to_a_model_are_not_guarded_and_say_so(guarded: Any, model: Model) -> None:
    with pytest.raises(RedoubtError, match=r"responses is not guarded.*/gateway/v1"):
        _ = guarded.responses
    with pytest.raises(RedoubtError, match=r"chat\.completions\.parse is not guarded"):
        _ = guarded.chat.completions.parse
    with pytest.raises(RedoubtError, match="with_raw_response is not guarded"):
        _ = guarded.with_raw_response
    with pytest.raises(RedoubtError, match="post is not guarded"):
        _ = guarded.post
    assert str(guarded.base_url).startswith(model.url)
    assert callable(guarded.models.list)


def test_nothing_passes_where_the_guard_cannot_be_asked(model: Model) -> None:
    named("REDOUBT_BASE_URL")
    nobody = Redoubt(base_url="http://127.0.0.1:1", api_key="k", retries=0)
    guarded = guard_openai(openai.OpenAI(base_url=f"{model.url}/v1", api_key="any"), nobody)
    with pytest.raises(ConnectionFailed):
        ask(guarded, "Hello")
    assert model.seen == []
