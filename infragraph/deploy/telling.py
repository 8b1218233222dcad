"""A plan as text for a terminal, or as Markdown for a pull request."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from infragraph.deploy.changes import Action, Change, PropertyChange
from infragraph.diagnostics.render.terminal import safe

_LONGEST = 200

_HEADINGS: Mapping[Action, str] = {
    Action.ADD: "Additions",
    Action.MODIFY: "Changes",
    Action.MAY_REPLACE: "Possible replacements",
    Action.REPLACE: "Replacements",
    Action.REMOVE: "Removals",
}
_SIGNS: Mapping[Action, str] = {
    Action.ADD: "+",
    Action.MODIFY: "~",
    Action.MAY_REPLACE: "±?",
    Action.REPLACE: "±",
    Action.REMOVE: "-",
}
_GRANTS = "Permissions"


def text(name: str, changes: Sequence[Change], destructive: Iterable[Change]) -> str:
    """`destructive` are those of the changes that lose state."""
    lost = frozenset(one.id for one in destructive)
    lines = [f"{name}: {summary(changes)}"]
    for heading, few in sections(changes):
        lines += ["", f"{heading} ({len(few)})"]
        for one in few:
            mark = "   !! state is lost" if one.id in lost else ""
            stays = "   the thing itself stays" if one.stays else ""
            lines.append(f"  {_SIGNS[one.action]} {one.type} {one.id}{mark}{stays}")
            lines += (f"      {_property(it)}" for it in one.properties)
    return "".join(f"{safe(line)}\n" for line in lines)


def markdown(name: str, changes: Sequence[Change], destructive: Iterable[Change]) -> str:
    lost = frozenset(one.id for one in destructive)
    lines = [f"### {_code(name)}", "", summary(changes)]
    for heading, few in sections(changes):
        is_long = heading == _HEADINGS[Action.ADD]
        if is_long:
            lines += ["", f"<details><summary>{heading} ({len(few)})</summary>", ""]
        else:
            lines += ["", f"**{heading} ({len(few)})**", ""]
        lines += ["| | type | resource | what |", "| --- | --- | --- | --- |"]
        for one in few:
            what = [f"{_code(it.path)} {_values(it)}".strip() for it in one.properties]
            what += ["**state is lost**"] if one.id in lost else []
            what += ["the thing itself stays"] if one.stays else []
            cells = (_SIGNS[one.action], _code(one.type), _code(one.id), "<br>".join(what))
            lines.append(f"| {' | '.join(cells)} |")
        lines += ["", "</details>"] if is_long else []
    return "".join(f"{line}\n" for line in lines)


def summary(changes: Sequence[Change]) -> str:
    if not changes:
        return "nothing changes"
    counts = {action: sum(one.action == action for one in changes) for action in Action}
    return ", ".join(f"{number} {action}" for action, number in counts.items() if number)


def sections(changes: Sequence[Change]) -> Iterator[tuple[str, Sequence[Change]]]:
    """What says who may do what stands apart, whatever happens to it."""
    for action, heading in _HEADINGS.items():
        few = [one for one in changes if one.action == action and not one.grants]
        if few:
            yield heading, few
    grants = [one for one in changes if one.grants]
    if grants:
        yield _GRANTS, grants


def _property(it: PropertyChange) -> str:
    if it.before is None and it.after is None:
        return it.path
    return f"{it.path}: {_shown(it.before)} → {_shown(it.after)}"


def _values(it: PropertyChange) -> str:
    if it.before is None and it.after is None:
        return ""
    return f"{_code(_shown(it.before))} → {_code(_shown(it.after))}"


def _shown(value: str | None) -> str:
    if value is None:
        return "nothing"
    return value if len(value) <= _LONGEST else f"{value[:_LONGEST]}…"


def _code(value: str) -> str:
    """Text in a cell of a table, in which nothing is carried out."""
    line = safe(" ".join(value.split()))
    marks = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "|": "&#124;", "`": "&#96;"}
    return f"<code>{''.join(marks.get(character, character) for character in line)}</code>"
