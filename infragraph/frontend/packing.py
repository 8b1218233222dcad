"""What parsing gives as bytes and back."""

import marshal
from typing import cast

from infragraph.frontend.extract import deferring
from infragraph.frontend.stack import deep_stack
from infragraph.frontend.tiers.taint import FileNames, names_from, plain_names
from infragraph.model import facts, source
from infragraph.model.facts import ModuleFacts
from infragraph.model.packing import forms, packed, unpacked

_FORMS = {**forms(facts, source, deferring), ("builtins", "complex"): complex}


def packed_names(names: FileNames) -> bytes:
    # Later versions of the format write the same value in several ways.
    return marshal.dumps(plain_names(names), 2)


def names_of(content: bytes) -> FileNames:
    # Its digest has been compared, or one of our own processes wrote it.
    return names_from(marshal.loads(content))  # noqa: S302


@deep_stack()
def packed_facts(parsed: ModuleFacts) -> bytes:
    return packed(parsed)


def facts_of(content: bytes) -> ModuleFacts:
    return cast("ModuleFacts", unpacked(content, _FORMS))
