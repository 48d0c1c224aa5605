"""A guard around an OpenAI client: what goes in is checked, then the model is called, then what comes out is checked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Optional, TypeVar, Union, cast

from .aio.client import AsyncRedoubt
from .aio.openai import guarded as guarded_async
from .sync.client import Redoubt
from .sync.openai import guarded as guarded_sync

Client = TypeVar("Client")


def guard_openai(
    client: Client,
    redoubt: Union[Redoubt, AsyncRedoubt],
    *,
    policies: Optional[Sequence[str]] = None,
    session: Optional[str] = None,
) -> Client:
    """The client with a guard around it: `OpenAI` with a `Redoubt`, `AsyncOpenAI` with an `AsyncRedoubt`.

    `chat.completions.create` checks what goes in and what comes out, tool calls included; a streamed answer is held
    until it is checked. `policies`: ids; left out, the server's default set. `session` names a conversation: its risk
    is followed, and the same value is always replaced by the same token. Raises GuardDenied where the guard says no,
    and ConnectionFailed where it cannot be asked: nothing passes unchecked. All other calls to a model raise."""
    if isinstance(redoubt, AsyncRedoubt):
        return cast(Client, guarded_async(client, redoubt, policies, session))
    return cast(Client, guarded_sync(client, redoubt, policies, session))
