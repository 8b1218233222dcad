"""What parsing gives as bytes and back."""

from typing import cast

from infragraph.frontend.extract import deferring
from infragraph.frontend.stack import deep_stack
from infragraph.frontend.tiers import taint
from infragraph.frontend.tiers.taint import FileNames
from infragraph.model import facts, source
from infragraph.model.facts import ModuleFacts
from infragraph.model.packing import forms, packed, unpacked

_FORMS = {**forms(facts, source, deferring, taint), ("builtins", "complex"): complex}


@deep_stack()
def packed_parsed(parsed: FileNames | ModuleFacts) -> bytes:
    return packed(parsed)


def names_of(content: bytes) -> FileNames:
    return cast("FileNames", unpacked(content, _FORMS))


def facts_of(content: bytes) -> ModuleFacts:
    return cast("ModuleFacts", unpacked(content, _FORMS))
