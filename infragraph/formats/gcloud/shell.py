"""The script as text: words that a shell reads as they are, and documents that it reads as data."""

import shlex
from collections.abc import Sequence

from infragraph.formats.gcloud.leftovers import Leftovers
from infragraph.formats.gcloud.steps import (
    STAGES,
    Action,
    Always,
    Bind,
    Command,
    Ensure,
    Fed,
    Generate,
    Listed,
    Remember,
    Step,
)

_END = "END_OF_DOCUMENT"


def stage(name: str, steps: Sequence[Step]) -> str:
    """A function of the stage's name, with all that it does."""
    lines = [f"stage_{name}() {{"]
    for step in steps:
        lines.append(f"  # {step.about}")
        lines.extend(_action(action) for action in step.actions)
    lines.append("  :\n}\n")
    return "\n".join(lines)


def leftover_stage(found: Sequence[Leftovers]) -> str:
    lines = ["stage_leftovers() {"]
    lines.extend(
        f"  leftover {shlex.join((it.shown, *_gcloud(it.listing), '@known', *it.known))}"
        for it in found
    )
    lines.append("}\n")
    return "\n".join(lines)


def stages() -> str:
    return " ".join((*STAGES, "leftovers"))


def _action(action: Action) -> str:  # noqa: PLR0911 - a line per form
    match action:
        case Ensure(describe=describe, create=create, update=update):
            return f"  ensure {_three(describe, create, update)}"
        case Listed(listing=listing, create=create, update=update):
            return f"  ensure_listed {_three(listing, create, update)}"
        case Remember(listing=listing):
            return f"  remember {shlex.join(_gcloud(listing))}"
        case Generate(listing=listing, create=create):
            words = (*_gcloud(listing), "@create", *_gcloud(create))
            return f"  generate {shlex.join(words)}"
        case Always(command=command):
            return f"  always {shlex.join(_gcloud(command))}"
        case Bind(command=command):
            return f"  bind {shlex.join(_gcloud(command))}"
        case Fed():
            return _fed(action)


def _three(look: Command, create: Command, update: Command) -> str:
    parts = (*_gcloud(look), "@create", *_gcloud(create), "@update")
    return shlex.join((*parts, *(_gcloud(update) if update else ())))


def _fed(action: Fed) -> str:
    """A heredoc whose end is quoted, in which a shell looks for nothing but its end."""
    end = _END
    while end in action.document:
        end += "_"
    verb = "feed" if action.image is None else f"feed_image {shlex.quote(action.image)}"
    document = action.document.removesuffix("\n")
    return f"  {verb} {shlex.join(_gcloud(action.command))} <<'{end}'\n{document}\n{end}"


def _gcloud(command: Command) -> Command:
    return ("gcloud", *command)
