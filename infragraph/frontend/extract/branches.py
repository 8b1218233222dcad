"""How many `elif` follow one `if`, told by their indentation: each nests in the one before."""

from typing import NamedTuple

MOST = 200


class _Branch(NamedTuple):
    column: int
    length: int
    first: int


class Branches:
    """The chains of `elif` that are open where a text has been read to."""

    __slots__ = ("_chains",)

    def __init__(self) -> None:
        self._chains: list[_Branch] = []

    def line(self, word: str, column: int, index: int) -> int | None:
        """Where a chain of too many begins, if this first word of a line makes it so."""
        chains = self._chains
        while chains and chains[-1].column > column:
            chains.pop()
        before = chains.pop() if chains and chains[-1].column == column else None
        if word != "elif":
            return None
        chain = _Branch(column, 1, index) if before is None else before
        if before is not None:
            chain = before._replace(length=before.length + 1)
        chains.append(chain)
        return chain.first if chain.length > MOST else None
