"""Lines that services wrote, as a terminal may be given them."""

import unicodedata

_KEPT = "\t"
# ESC and C1 move the cursor, or make a terminal answer; bidirectional marks hide what is written.
_DROPPED = frozenset({"Cc", "Cf", "Zl", "Zp"})


def harmless(line: str) -> str:
    """The line without what would act on a terminal."""
    return "".join(it for it in line if it in _KEPT or unicodedata.category(it) not in _DROPPED)
