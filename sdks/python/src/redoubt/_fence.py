"""An object of which only some parts may be reached."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .errors import RedoubtError

_PASSING = frozenset(("models", "embeddings", "moderations", "files", "uploads", "close"))
"""Parts of a client through which no model speaks."""


class Fence:
    def __init__(self, part: Any, path: str, inside: Mapping[str, Any]) -> None:
        self._part = part
        self._path = path
        self._inside = inside

    def __getattr__(self, name: str) -> Any:
        if name in self._inside:
            return self._inside[name]
        value = getattr(self._part, name)
        is_passing = self._path == "" and name in _PASSING
        if is_passing or not (callable(value) or type(value).__module__.startswith("openai.")):
            return value
        raise RedoubtError(
            f"{self._path}{name} is not guarded: this client guards chat.completions.create alone. Point an OpenAI "
            "client at the gateway (/gateway/v1) to guard the whole API, or use the client that you wrapped."
        )


def fenced_around(client: Any, create: Any) -> Any:
    """The client with `create` in place of its own chat.completions.create."""
    completions = Fence(client.chat.completions, "chat.completions.", {"create": create})
    return Fence(client, "", {"chat": Fence(client.chat, "chat.", {"completions": completions})})
