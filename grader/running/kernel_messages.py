"""Reads what a kernel sends as the hostile text that it may be: what is no message is taken for one that says nothing."""

from __future__ import annotations

from typing import Any

from jupyter_client.session import Session

_PARTS = ("header", "parent_header", "metadata", "content")


class WarySession(Session):  # type: ignore[misc]
    """Signs, checks and parses the messages of one kernel.

    Its owner has the key, since the kernel runs in the submission's own process, and can send anything: frames that are
    missing, unsigned, sent before or no JSON. All of these become a message without a type and without a parent, which
    nobody waits for and everybody skips.
    """

    def feed_identities(self, msg_list: list[Any], copy: bool = True) -> tuple[list[bytes], list[Any]]:
        try:
            identities, parts = super().feed_identities(msg_list, copy)
        except Exception:
            return [], []
        return identities, parts

    def deserialize(self, msg_list: list[Any], content: bool = True, copy: bool = True) -> dict[str, Any]:
        try:
            message = super().deserialize(msg_list, content, copy)
        except Exception:  # a parser of hostile text may fail in any way
            return _nothing()
        named = isinstance(message.get("msg_type"), str) and isinstance(message.get("msg_id"), str)
        if not named or not all(isinstance(message.get(part), dict) for part in _PARTS):
            return _nothing()
        return message  # type: ignore[no-any-return]


def _nothing() -> dict[str, Any]:
    return {"msg_id": "", "msg_type": "", "buffers": [], **{part: {} for part in _PARTS}}
