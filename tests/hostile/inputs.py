"""Every hand-made hostile input, by name."""

from tests.hostile.broken import broken
from tests.hostile.encodings import encodings
from tests.hostile.hostile_input import Hostile
from tests.hostile.nesting import nesting, statements
from tests.hostile.newer import newer
from tests.hostile.sizes import sizes

HOSTILE_INPUTS: tuple[Hostile, ...] = (
    *nesting(),
    *statements(),
    *encodings(),
    *broken(),
    *sizes(),
    *newer(),
)
