"""Where text stands in the messages of a chat: each place can be read, and what stands there replaced."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Callable, Literal

Role = Literal["user", "assistant", "system", "developer", "context", "tool"]


@dataclass(frozen=True)
class Place:
    role: Role
    text: str
    put: Callable[[str], None]


_ROLES: dict[object, Role] = {
    "user": "user",
    "assistant": "assistant",
    "system": "system",
    "developer": "developer",
    "tool": "tool",
    "function": "tool",
}


def get(owner: Any, key: str) -> Any:
    """Messages are tables when they are sent, and objects when they come back."""
    return owner.get(key) if isinstance(owner, dict) else getattr(owner, key, None)


def put(owner: Any, key: str, value: Any) -> None:
    if isinstance(owner, dict):
        owner[key] = value
    else:
        setattr(owner, key, value)


def _all(value: Any) -> list[Any]:
    return list(value) if isinstance(value, (list, tuple)) else []


def _at(role: Role, owner: Any, key: str) -> list[Place]:
    text = None if owner is None else get(owner, key)
    if not isinstance(text, str) or text == "":
        return []
    return [Place(role, text, lambda replaced: put(owner, key, replaced))]


def places_in(message: Any) -> list[Place]:
    """Content (text, or the text of its parts), a refusal, the arguments of tool calls. Pictures and sound are not read."""
    role = _ROLES.get(get(message, "role"), "assistant")
    found = _at(role, message, "content")
    for part in _all(get(message, "content")):
        found += _at(role, part, "text") + _at(role, part, "refusal")
    found += _at(role, message, "refusal")
    for call in _all(get(message, "tool_calls")):
        found += _at(role, get(call, "function"), "arguments") + _at(role, get(call, "custom"), "input")
    return found + _at(role, get(message, "function_call"), "arguments")


def places_in_tools(tools: Any) -> list[Place]:
    """What tools are said to be for: models obey it. Nothing is replaced in it."""
    return [Place("tool", json.dumps(tool, default=str), lambda _replaced: None) for tool in _all(tools)]


def copied(messages: Iterable[Any]) -> list[Any]:
    """The caller's own messages stay as they are; an answer that was put among them becomes a table."""
    return [
        message.model_dump(exclude_unset=True) if hasattr(message, "model_dump") else copy.deepcopy(message)
        for message in messages
    ]


def places_in_answer(answer: Any) -> list[Place]:
    return [place for choice in _all(get(answer, "choices")) for place in places_in(get(choice, "message"))]


def _pieces_of(index: Any, delta: Any) -> list[tuple[str, Any, str]]:
    found: list[tuple[str, Any, str]] = [
        (f"{index} content", delta, "content"),
        (f"{index} refusal", delta, "refusal"),
    ]
    for call in _all(get(delta, "tool_calls")):
        name = f"{index} call {get(call, 'index')}"
        found += [(name, get(call, "function"), "arguments"), (name, get(call, "custom"), "input")]
    return [*found, (f"{index} call", get(delta, "function_call"), "arguments")]


def places_in_chunks(chunks: Sequence[Any]) -> list[Place]:
    """The places of a streamed answer: what is put there stands whole in its first piece."""
    together: dict[str, list[tuple[Any, str, str]]] = {}
    for chunk in chunks:
        for choice in _all(get(chunk, "choices")):
            for name, owner, key in _pieces_of(get(choice, "index"), get(choice, "delta")):
                text = None if owner is None else get(owner, key)
                if isinstance(text, str) and text != "":
                    together.setdefault(name, []).append((owner, key, text))
    return [_whole(pieces) for pieces in together.values()]


def _whole(pieces: list[tuple[Any, str, str]]) -> Place:
    def replace(text: str) -> None:
        for at, (owner, key, _text) in enumerate(pieces):
            put(owner, key, text if at == 0 else "")

    return Place("assistant", "".join(text for _owner, _key, text in pieces), replace)
