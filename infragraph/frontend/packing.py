"""What parsing gives as bytes and back, for the way between processes and runs.

Reading the bytes makes facts and nothing else, whatever they say.
"""

import io
import pickle
from typing import Any, cast

from infragraph.frontend.stack import deep_stack
from infragraph.frontend.tiers import taint
from infragraph.frontend.tiers.candidates import Parsed
from infragraph.model import facts
from infragraph.model.source import Position

_FORMS: dict[tuple[str, str], Any] = {
    (form.__module__, form.__name__): form
    for form in (
        *(form for form in vars(facts).values() if isinstance(form, type)),
        Position,
        taint.FileNames,
        taint.ImportedName,
        complex,
    )
    if form.__module__ in {facts.__name__, Position.__module__, taint.__name__, "builtins"}
}


@deep_stack()
def packed(parsed: Parsed) -> bytes:
    return pickle.dumps(parsed, 5)


def unpacked(content: bytes) -> Parsed:
    return cast("Parsed", _Facts(io.BytesIO(content)).load())


class _Facts(pickle.Unpickler):
    """Knows the forms of facts, and no function."""

    def find_class(self, module_name: str, global_name: str, /) -> Any:
        form = _FORMS.get((module_name, global_name))
        if form is None:
            detail = f"{module_name}.{global_name} is no form of fact"
            raise pickle.UnpicklingError(detail)
        return form
