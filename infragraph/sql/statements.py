"""A text cut into its statements."""

from collections.abc import Iterator

from infragraph.sql.tokens import Statement, Token


def statements(tokens: tuple[Token, ...]) -> Iterator[Statement]:
    """The statements in order; a semicolon inside brackets or an atomic body ends none."""
    current: list[Token] = []
    depth = blocks = 0
    for token in tokens:
        if token.kind == "symbol" and token.value == ";" and not (depth > 0 or blocks > 0):
            if current:
                yield tuple(current)
            current, depth, blocks = [], 0, 0
            continue
        current.append(token)
        depth += _opens(token)
        blocks += _begins(current, blocks)
    if current:
        yield tuple(current)


def _opens(token: Token) -> int:
    if token.kind != "symbol":
        return 0
    return {"(": 1, ")": -1}.get(token.value, 0)


def _begins(current: list[Token], blocks: int) -> int:
    """The change of depth in `begin atomic … end`, in which `case … end` may stand."""
    last = current[-1]
    if last.kind != "word":
        return 0
    if blocks == 0:
        before = current[-2] if len(current) > 1 else None
        is_body = last.value == "atomic" and before is not None and before.value == "begin"
        return 1 if is_body else 0
    return {"case": 1, "end": -1}.get(last.value, 0)
