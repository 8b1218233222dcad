"""Values of a few known forms as bytes and back, for the way between processes and runs.

Reading the bytes makes values of these forms and nothing else, whatever the bytes say.
"""

import io
import pickle
from collections.abc import Mapping
from types import ModuleType
from typing import Any, TypeAlias

Forms: TypeAlias = Mapping[tuple[str, str], Any]
"""Classes by module and name."""


def forms(*modules: ModuleType) -> Forms:
    """The classes that these modules define."""
    return {
        (form.__module__, form.__qualname__): form
        for module in modules
        for form in vars(module).values()
        if isinstance(form, type) and form.__module__ == module.__name__
    }


def packed(value: Any) -> bytes:
    """May recurse as deeply as the value nests."""
    return pickle.dumps(value, 5)


def unpacked(content: bytes, known: Forms) -> Any:
    return _Known(content, known).load()


class _Known(pickle.Unpickler):
    """Knows some classes, and no function."""

    def __init__(self, content: bytes, known: Forms) -> None:
        super().__init__(io.BytesIO(content))
        self._forms = known

    def find_class(self, module_name: str, global_name: str, /) -> Any:
        form = self._forms.get((module_name, global_name))
        if form is None:
            detail = f"{module_name}.{global_name} is not to be unpacked"
            raise pickle.UnpicklingError(detail)
        return form
