"""What is seen in a file without parsing it, and what stands for that.

Imports as little as it can: the warm exit of the command looks at files that have changed with it.
"""

import marshal

from infragraph.frontend.tiers.scanning import scanned
from infragraph.workspace.inputs import digest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from infragraph.frontend.tiers.scanning import Scanned


def sketched(content: bytes, tokens: tuple[bytes, ...]) -> "tuple[Scanned, bytes]":
    """What a `Sketch` is made of, and a digest of it."""
    seen = scanned(content, tokens)
    # Later versions of the format write the same value in several ways.
    return seen, digest(marshal.dumps(seen, 2))
