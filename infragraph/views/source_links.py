"""Links from a picture to the place in the source."""

from infragraph.model.source import SourceSpan

_PLAIN = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/")


def source_link(template: str | None, span: SourceSpan | None) -> str | None:
    """The address of a place: `{path}` and `{line}` of the template are filled in.

    The path is percent-encoded, so that no name of a file can change what the address means.
    """
    if template is None or span is None:
        return None
    return template.replace("{line}", str(span.line)).replace("{path}", _encoded(span.path))


def template_fault(template: str) -> str | None:
    """Why a template cannot be one; what it names is shown in a browser and may be clicked."""
    if not template.startswith("https://"):
        return "it must begin with https://"
    if "{path}" not in template:
        return "it must hold {path}, and {line} where lines can be linked to"
    if any(character <= " " or character in "\"'<>\\^`|" for character in template):
        return "it holds a character that no address may hold"
    return None


def _encoded(path: str) -> str:
    content = path.encode("utf-8", "surrogateescape")
    return "".join(chr(byte) if byte in _PLAIN else f"%{byte:02X}" for byte in content)
