"""The page around its content: a policy that lets nothing in, a style sheet and a program.

What users wrote is data in a block that no browser runs, and gets into the page as text alone.
"""

import json
from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from html import escape
from pkgutil import get_data

from infragraph.layout.style import style

# In JSON all of these stand in strings only, where they may be written as numbers.
_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"}

PROGRAM = (
    "data",
    "elements",
    "flow",
    "drawing",
    "highlighting",
    "address",
    "details",
    "panel",
    "filters",
    "search",
    "moving",
    "keyboard",
    "beginning",
)
"""The parts of the one program, in the order in which they run."""

_PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
{body}
<script type="application/json" id="data">{data}</script>
<script>{program}</script>
</body>
</html>
"""


def page(title: str, content: Mapping[str, object]) -> str:
    sheet = f"\n{style()}\n{_own('app.css')}"
    program = f"\n{_program()}"
    return _PAGE.format(
        policy=_policy(sheet, program),
        title=escape(title),
        style=sheet,
        body=_own("app.html").rstrip(),
        data=embedded(content),
        program=program,
    )


def embedded(content: Mapping[str, object]) -> str:
    """JSON that no parser of HTML sees the end of, or anything else in."""
    text = json.dumps(content, separators=(",", ":"))
    return "".join(_ESCAPES.get(character, character) for character in text)


def _policy(sheet: str, program: str) -> str:
    return (
        f"default-src 'none'; style-src 'sha256-{_hash(sheet)}'; "
        f"script-src 'sha256-{_hash(program)}'; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()


def _program() -> str:
    return "\n".join(_own(f"program/{part}.js") for part in PROGRAM)


def _own(name: str) -> str:
    content = get_data(__package__ or "", name)
    assert content is not None, "the page is part of the package"
    return content.decode().replace("\r\n", "\n")
