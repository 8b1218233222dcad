"""The one module that knows sqlglot: whether it can parse a statement, and what is in it."""

from dataclasses import dataclass

from sqlglot import TokenType, exp
from sqlglot.dialects.postgres import Postgres
from sqlglot.errors import ErrorLevel, ParseError, TokenError
from sqlglot.parser import logger

from infragraph.sql.tokens import Fault, Statement, Token

# It warns on standard error of what it only passes on; here a fault or its absence says that.
logger.disabled = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What one statement does, in all of its parts."""

    changes_data: bool
    creates_table: bool


def parsed(
    statement: Statement, text: str, *, before: str = "", after: str = ""
) -> Contents | Fault:
    """A statement's contents by sqlglot's grammar, which takes a little more than PostgreSQL's.

    A part of a statement becomes one by what is put `before` and `after` it.
    """
    start, end = statement[0].start, statement[-1].end
    part = f"{before}{_masked(statement, text)}{after}"
    parser = Postgres.Parser(
        dialect=Postgres(), error_level=ErrorLevel.IMMEDIATE, error_message_context=len(part)
    )
    try:
        tokens = Postgres().tokenize(part)
        if _nested_types([token.token_type for token in tokens]) > _MOST_NESTED_TYPES:
            return _too_deep(statement)
        trees = parser.parse(tokens, part)
    except ParseError as error:
        return _fault(error, start - len(before), (start, end))
    except TokenError:
        return Fault(reason="its characters form no SQL", start=start, end=end)
    except RecursionError:
        return _too_deep(statement)
    parts = [node for tree in trees if tree is not None for node in tree.walk()]
    return Contents(
        changes_data=any(isinstance(node, _CHANGES) or _advances(node) for node in parts),
        creates_table=any(isinstance(node, exp.Into) for node in parts),
    )


def _too_deep(statement: Statement) -> Fault:
    return Fault(reason="it is nested too deeply", start=statement[0].start, end=statement[-1].end)


def _nested_types(types: list[TokenType]) -> int:
    """How deep brackets after a type's name lie in each other, as in `array[array[1]]`.

    sqlglot reads each of them first as a type, then as a value: every level doubles the time.
    """
    opened: list[bool] = []
    deepest = 0
    for before, current in zip([None, *types], types, strict=False):
        if current in {TokenType.L_PAREN, TokenType.L_BRACKET}:
            opened.append(before in Postgres.Parser.TYPE_TOKENS)
            deepest = max(deepest, sum(opened))
        elif current in {TokenType.R_PAREN, TokenType.R_BRACKET} and opened:
            opened.pop()
    return deepest


def _masked(statement: Statement, text: str) -> str:
    """The statement's text with its offsets, in which nothing is left that sqlglot mistakes.

    Comments become spaces. Parameters become numbers: `$1,$2` looks like a quote to it. What is
    quoted by more than quotes becomes any text: it does not know all their escapes.
    """
    parts: list[str] = []
    end = statement[0].start
    for token in statement:
        parts.append(" " * (token.start - end))
        parts.append(_plain(token, text[token.start : token.end]))
        end = token.end
    return "".join(parts)


def _plain(token: Token, written: str) -> str:
    if token.kind == "number" and written[0] == "$":
        return f"0{written[1:]}"
    if token.kind == "text" and written[0] != "'":
        return f"'{'x' * (len(written) - 2)}'"
    return written


def _fault(error: ParseError, offset: int, within: tuple[int, int]) -> Fault:
    first = error.errors[0]
    start = offset + len(first["start_context"])
    word = first["highlight"]
    if start >= within[1]:
        return Fault(reason="it ends too early", start=within[1] - 1, end=within[1])
    start = max(start, within[0])
    return Fault(reason=f"at '{word}'", start=start, end=start + len(word))


def _advances(node: object) -> bool:
    """Whether a function moves a sequence, which a read-only transaction refuses."""
    return isinstance(node, exp.Anonymous) and str(node.this).lower() in {"nextval", "setval"}


_MOST_NESTED_TYPES = 8
_CHANGES = (exp.Insert, exp.Update, exp.Delete, exp.Merge)
