"""Work that may crash or hang, done in a child of its own.

The one place in the core that touches processes: libcst can take down the interpreter that runs it,
and no check of its input is certain to prevent that. The child is forked, or spawned where there is
no fork; what it gives back is the same.
"""

import os

from infragraph.frontend.extract.isolation import forked, spawned
from infragraph.frontend.extract.isolation.ending import Failure, Work

__all__ = ["Failure", "Work", "guarded"]


def guarded(work: Work, content: bytes) -> bytes | Failure:
    """What a function of a module's top level returns, or how its process ended."""
    return forked.run(work, content) if hasattr(os, "fork") else spawned.run(work, content)
