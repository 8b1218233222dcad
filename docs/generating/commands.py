"""The command line: every command with its arguments and options."""

import inspect
from collections.abc import Iterator
from typing import Any

from docs.generating.markdown import code, fenced, page, table

_EXITS = (
    ("0", "nothing was found that fails the run"),
    ("1", "findings: errors, and with `--strict` warnings too; `query` found nothing"),
    ("2", "the command line, the configuration or the system is at fault"),
    ("3", "a bug of infragraph"),
)
_SETTINGS = (
    ("`NO_COLOR`", "no colour, whatever the terminal"),
    ("`FORCE_COLOR`", "colour where standard output is no terminal, such as in the log of CI"),
    ("`COLUMNS`", "the width that text is wrapped to"),
    ("`INFRAGRAPH_DEBUG=1`", "a traceback with a bug of infragraph"),
)


def text(group: Any) -> str:
    """The page, of typer's group of commands; its classes are not part of what typer offers."""
    parts = ["# The command line"]
    parts.extend(_commands("infragraph", group))
    parts.append("## Of every command")
    parts.append(_options(group.params))
    parts.append("## Exit codes")
    parts.append(table(("code", "meaning"), _EXITS))
    parts.append("## Environment")
    parts.append(table(("variable", "effect"), _SETTINGS))
    return page(*parts)


def _commands(above: str, group: Any) -> Iterator[str]:
    """Every command of a group, and of the groups in it."""
    for name, command in sorted(group.commands.items()):
        yield from _command(f"{above} {name}", command)
        if hasattr(command, "commands"):
            yield from _commands(f"{above} {name}", command)


def _command(name: str, command: Any) -> Iterator[str]:
    yield f"## {name}"
    for paragraph in inspect.cleandoc(command.help).split("\n\n"):
        verbatim = paragraph.removeprefix("\b\n")
        head, _, rest = verbatim.partition("\n")
        if verbatim == paragraph or not rest:
            yield " ".join(verbatim.split())
        else:
            yield head
            yield fenced(inspect.cleandoc("\n" + rest), "console")
    if command.params:
        yield _options(command.params)


def _options(parameters: list[Any]) -> str:
    return table(("option", "default", "meaning"), map(_row, parameters))


def _row(parameter: Any) -> tuple[str, str, str]:
    return (_written(parameter), _default(parameter.default), parameter.help or "")


def _written(parameter: Any) -> str:
    # A bar would end the table's cell.
    metavar = (parameter.metavar or "").replace("|", ",")
    if parameter.param_type_name == "argument":
        return code(metavar or parameter.name.upper())
    names = ", ".join(code(name) for name in parameter.opts)
    if parameter.is_flag:
        return names
    return f"{names} {code(metavar or 'TEXT')}"


def _default(default: object) -> str:
    if default is None or isinstance(default, bool):
        return ""
    return code(str(default))
