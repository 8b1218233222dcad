"""Functions that have another name after an edit, where nobody has asked for either name."""

from collections.abc import Mapping

from infragraph.frontend.bodies import Asked
from infragraph.frontend.extract.deferring import DeferredBody
from infragraph.frontend.tiers.taint import file_imports
from infragraph.model import facts
from infragraph.model.facts import ModuleFacts
from infragraph.model.sketch import ALL


def renamed(before: ModuleFacts, now: ModuleFacts, asked: Asked) -> Mapping[str, str] | None:
    """New names by old ones of the functions at the top of a file; None where they may be told.

    Whether such a name stands anywhere else in the file is another question.
    """
    if len(before.body) != len(now.body):
        return None
    found: dict[str, str] = {}
    for old, new in zip(before.body, now.body, strict=True):
        if isinstance(old, facts.Function) and isinstance(new, facts.Function):
            if old.name == new.name:
                continue
            # What decorates a function is given it with its name.
            if old.decorators or not isinstance(old.within, DeferredBody):
                return None
            found[old.name] = new.name
    # Behind a function's name may stand another's that all names were imported from.
    if found and any(name.local == ALL for name in file_imports(before.body)):
        return None
    names = [*found, *found.values()]
    are_apart = len(names) == len(set(names)) == 2 * len(found)
    return found if are_apart and not any(_may_be_told(name, asked) for name in names) else None


def _may_be_told(name: str, asked: Asked) -> bool:
    """Whether something asked for a name of the module, or may without writing it."""
    if not name.isascii() or name.startswith("_"):
        return True
    return asked.named is None or name in asked.named
