"""How much of everything a text holds, told token by token, and where it is more than is read."""

from typing import Literal, NamedTuple

from infragraph.frontend.extract.branches import Branches
from infragraph.frontend.extract.chains import Chains

LONGEST_PREFIX = 200
MOST_TOKENS = 300_000
"""What parsing takes two seconds for; the largest files of known libraries hold half of them."""

MOST_WORK = 500_000
"""Four for a token, and one for each bracket around it: libcst takes 7 s and 700 MB then."""

_PREFIXES = frozenset({"not", "lambda", "await"})


class Excess(NamedTuple):
    """More than is read of what, and where."""

    kind: Literal["brackets", "prefixes", "chain", "branches", "tokens"]
    start: int


class Measure:
    """What has been counted up to one place of a text.

    `longest` is where the line of code with the most tokens begins, `heavy` where the text becomes
    too much for libcst.
    """

    __slots__ = (
        "_branches",
        "_line",
        "_longest",
        "_prefixes",
        "_tokens",
        "_work",
        "chains",
        "excess",
        "heavy",
    )

    def __init__(self) -> None:
        self.chains = Chains()
        self.excess: Excess | None = None
        self.heavy: int | None = None
        self._branches = Branches()
        self._line = (0, 0)
        self._longest = (0, 0)
        self._prefixes = 0
        self._tokens = 0
        self._work = 0

    @property
    def longest(self) -> int:
        return max(self._longest, self._line, key=lambda line: line[0])[1]

    def begins_line(self) -> bool:
        return not self._line[0]

    def begin_line(self, written: str, column: int, index: int) -> None:
        """Notes the first token of a line of code."""
        self._line = (0, index)
        first = self._branches.line(written, column, index)
        if first is not None:
            self.excess = Excess("branches", first)

    def token(self, written: str, depth: int, *, is_sign: bool) -> None:
        """Notes a token within `depth` brackets."""
        self._line = (self._line[0] + 1, self._line[1])
        self._tokens += 1
        self._work += 4 + depth
        if written == ":":
            return
        self._prefixes = self._prefixes + 1 if is_sign or written in _PREFIXES else 0

    def end_line(self) -> None:
        self._longest = max(self._longest, self._line, key=lambda line: line[0])
        self._line = (0, 0)
        self.chains.line()

    def judge(self) -> None:
        """Finds an excess in what has been counted."""
        start = self._line[1]
        if self.heavy is None and (self._work > MOST_WORK or self.chains.is_flat_exceeded):
            self.heavy = start
        if self.excess is not None:
            return
        if self._prefixes > LONGEST_PREFIX:
            self.excess = Excess("prefixes", start)
        elif self.chains.is_exceeded:
            self.excess = Excess("chain", start)
        elif self._tokens > MOST_TOKENS:
            self.excess = Excess("tokens", start)
