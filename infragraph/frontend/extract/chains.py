"""How deep expressions nest by operators, attributes and calls, told from their tokens.

Brackets are counted elsewhere. What is counted here are the rows that make a level of syntax of
every link: `a + b + c`, `a.b.c`, `a()()`, `a if b else c if d else e`. Rows that parsers keep flat
(`a and b and c`, `"a" "b" "c"`, `for … in … for … in …`) are counted apart: libcst nests them.
"""

MOST = 200
MOST_FLAT = 2_000

# The rows of one bracket, loosest first; an operator ends all rows that bind more tightly.
_RIGHT, _TRAILER = 0, 8
_ROWS = 9
_BINARY = {
    "|": 1,
    "^": 2,
    "&": 3,
    "<<": 4,
    ">>": 4,
    "+": 5,
    "-": 5,
    "*": 6,
    "/": 6,
    "//": 6,
    "%": 6,
    "@": 6,
    "**": 7,
}
_COMPARISONS = frozenset({"<", ">", "==", "!=", "<=", ">=", "!"})
_OPERANDS = frozenset({"None", "True", "False"})
_ENDING = frozenset(
    {"as", "assert", "async", "class", "continue", "def", "del", "elif", "except", "finally"}
    | {"from", "global", "import", "nonlocal", "pass", "raise", "return", "try", "while", "with"}
    | {"yield"}
)
_WITHIN = frozenset({"if", "in", "is", "not"})


class _Level:
    """The rows of one bracket; `lambdas` are those whose colon has not come."""

    __slots__ = ("flat", "is_operand", "lambdas", "rows")

    def __init__(self) -> None:
        self.rows = [0] * _ROWS
        self.flat = 0
        self.lambdas = 0
        self.is_operand = False


class Chains:
    """The rows that are open where a text has been read to."""

    __slots__ = ("_levels", "is_exceeded", "is_flat_exceeded")

    def __init__(self) -> None:
        self._levels = [_Level()]
        self.is_exceeded = False
        self.is_flat_exceeded = False

    def opened(self, written: str) -> None:
        level = self._levels[-1]
        if level.is_operand and written in {"(", "["}:
            self._add(level, _TRAILER)
        self._levels.append(_Level())

    def closed(self) -> None:
        if len(self._levels) > 1:
            self._levels.pop()
        self._levels[-1].is_operand = True

    def string(self) -> None:
        level = self._levels[-1]
        if level.is_operand:
            self._add_flat(level)
        level.is_operand = True

    def word(self, written: str) -> None:
        level = self._levels[-1]
        if written in _OPERANDS or written not in _KEYWORDS:
            level.is_operand = True
            return
        level.is_operand = False
        if written in {"and", "or"}:
            self._add_flat(level)
            _end(level, 1)
        elif written == "for":
            self._add_flat(level)
            _end(level, 0)
        elif written in {"else", "lambda"}:
            self._add(level, _RIGHT)
            level.lambdas += written == "lambda"
        elif written in _WITHIN:
            _end(level, 1)
        elif written in _ENDING:
            self._separate(level)

    def operator(self, written: str) -> None:
        level = self._levels[-1]
        if written in _BINARY:
            if level.is_operand:
                self._add(level, _BINARY[written])
        elif written == ".":
            if level.is_operand:
                self._add(level, _TRAILER)
        elif written == ":" and level.lambdas:
            level.lambdas -= 1
            _end(level, 1)
        elif written in _COMPARISONS or (written in {",", "="} and level.lambdas):
            _end(level, 1)
        else:
            self._separate(level)
        level.is_operand = False

    def line(self) -> None:
        """The end of a line of code."""
        self._levels = [_Level()]

    def _add(self, level: _Level, row: int) -> None:
        level.rows[row] += 1
        self.is_exceeded |= level.rows[row] > MOST
        _end(level, row + 1)

    def _add_flat(self, level: _Level) -> None:
        level.flat += 1
        self.is_flat_exceeded |= level.flat > MOST_FLAT

    def _separate(self, level: _Level) -> None:
        _end(level, 0)
        level.flat = 0


def _end(level: _Level, first: int) -> None:
    """Ends the rows from `first` on."""
    for row in range(first, _ROWS):
        level.rows[row] = 0


_KEYWORDS = _OPERANDS | _ENDING | _WITHIN | {"and", "or", "for", "else", "lambda", "await"}
