"""Templates filled with values that are known to be harmless in every place of them."""

import re
from collections.abc import Mapping
from pkgutil import get_data

from jinja2 import Environment, FunctionLoader, StrictUndefined

# No space, no quote, no line's end, and nothing that a shell, YAML or a Dockerfile looks for.
_PLAIN = re.compile(r"[A-Za-z0-9_./:@+-]*")


def is_plain(value: str) -> bool:
    """Whether a text means nothing but itself in a Dockerfile, in YAML, in a shell or in Python."""
    return _PLAIN.fullmatch(value) is not None


def rendered(template: str, values: Mapping[str, object]) -> str:
    """`template` is the name of a file below `templates/`; all that it puts in is plain."""
    return _ENVIRONMENT.get_template(template).render(values)


def _source(name: str) -> str:
    """The text of a template: of the package where it is installed, else of the repository."""
    try:
        content = get_data("infragraph", f"templates/{name}")
    except FileNotFoundError:
        content = get_data("infragraph", f"../templates/{name}")
    assert content is not None, "templates are part of the package"
    return content.decode()


def _plain(value: object) -> object:
    assert isinstance(value, int) or (isinstance(value, str) and is_plain(value)), repr(value)
    return value


# `{{ }}` and `{% %}` are GitHub's and Python's own; nothing is HTML, and what would need an escape
# is refused.
_ENVIRONMENT = Environment(  # noqa: S701
    loader=FunctionLoader(_source),
    undefined=StrictUndefined,
    finalize=_plain,
    variable_start_string="<<",
    variable_end_string=">>",
    block_start_string="<%",
    block_end_string="%>",
    comment_start_string="<#",
    comment_end_string="#>",
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)
