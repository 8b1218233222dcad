"""Values as Google Cloud takes them."""

import re

_UNSAYABLE = re.compile("[\x00\ud800-\udfff]")


def seconds(value: float) -> str:
    """A duration as protocol buffers write it in JSON."""
    return f"{f'{value:.9f}'.rstrip('0').rstrip('.')}s"


def described(doc: str | None, *, longest: int) -> str | None:
    """The text of a declaration, cut where a description takes no more bytes; None without any.

    What no UTF-8 has, and what ends a text for many programs, has a mark in its place.
    """
    shown = "" if doc is None else _UNSAYABLE.sub("\ufffd", doc).strip()
    if len(shown.encode()) > longest:
        start = shown.encode()[: longest - len("…".encode())]
        shown = start.decode("utf-8", "ignore").rstrip() + "…"
    return shown or None
