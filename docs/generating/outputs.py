"""What commands print, where a page shows it: a comment names the command, a block follows.

<!-- output: infragraph analyze fixtures/minimal -->
```text
…
```
"""

import re
from collections.abc import Callable

from docs.generating.markdown import fenced

_SHOWN = re.compile(
    r"^(?P<mark><!-- output: infragraph (?P<arguments>.+?) -->)\n"
    r"(?P<fence>`{3,})text\n.*?^(?P=fence)$",
    re.MULTILINE | re.DOTALL,
)


def filled(page: str, output_of: Callable[[list[str]], str]) -> str:
    """The page with every such block as the command prints it now."""

    def shown(found: re.Match[str]) -> str:
        output = output_of(found["arguments"].split())
        return f"{found['mark']}\n{fenced(output, 'text')}"

    return _SHOWN.sub(shown, page)
