"""Values as Google Cloud takes them."""


def seconds(value: float) -> str:
    """A duration as protocol buffers write it in JSON."""
    return f"{f'{value:.9f}'.rstrip('0').rstrip('.')}s"


def described(doc: str | None, *, longest: int) -> str | None:
    """The text of a declaration, cut where a description takes no more bytes; None without any."""
    shown = "" if doc is None else doc.strip()
    if len(shown.encode("utf-8", "surrogatepass")) > longest:
        start = shown.encode("utf-8", "surrogatepass")[: longest - len("…".encode())]
        shown = start.decode("utf-8", "ignore").rstrip() + "…"
    return shown or None
