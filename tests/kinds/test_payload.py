"""What is told of a type that cannot travel."""

from dataclasses import replace

from infragraph.diagnostics.diagnostic import Diagnostic, Label, Severity
from infragraph.kinds.payload import type_findings
from infragraph.model.declaration import TypeFacts, TypeFault
from infragraph.model.source import SourceSpan
from infragraph.model.types import AnyType


def at(line: int) -> SourceSpan:
    return SourceSpan(path="shop.py", line=line, column=1, end_line=line, end_column=5)


LOCK = TypeFault(kind="unsupported", name="Lock", detail="it is not data", span=at(3))

FACTS = TypeFacts(
    type=AnyType(),
    span=at(9),
    schema={},
    definitions={},
    fields={},
    fields_are_complete=True,
    attributes=frozenset(),
    faults=(LOCK,),
    is_scalar=False,
    is_scalar_list=False,
    marker=None,
    definition=None,
)

FOUND = Diagnostic(
    code="IG2901",
    slug="payload-type-unsupported",
    severity=Severity.ERROR,
    message="topic 'orders' cannot carry 'Lock': it is not data",
    span=at(3),
    expected="cannot be sent",
    labels=(Label(span=at(9), text="topic 'orders' has this type"),),
    help="use a dataclass, a pydantic model, a TypedDict, a NamedTuple, a msgspec.Struct, an attrs "
    "class, an enum or a standard type",
    cause="unsupported shop.py:3:1",
)


def test_fault_inside_a_type_is_told_with_the_place_of_the_type() -> None:
    assert type_findings(FACTS, of="topic 'orders'") == (FOUND,)


def test_second_place_is_the_one_that_is_given() -> None:
    label = Label(span=at(20), text="sent here")

    assert type_findings(FACTS, of="topic 'orders'", label=label) == (
        replace(FOUND, labels=(label,)),
    )


def test_fault_of_the_whole_type_has_one_place() -> None:
    facts = replace(FACTS, faults=(replace(LOCK, span=at(9)),))

    assert type_findings(facts, of="topic 'orders'") == (
        replace(FOUND, span=at(9), labels=(), cause="unsupported shop.py:9:1"),
    )


def test_type_without_fault_or_none_at_all_has_no_finding() -> None:
    assert type_findings(replace(FACTS, faults=()), of="topic 'orders'") == ()
    assert type_findings(None, of="topic 'orders'") == ()
