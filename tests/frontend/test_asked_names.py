"""Which names of a module anybody asks for, beside the functions that have them."""

from collections.abc import Mapping

from infragraph.dialects import ALL_DIALECTS
from infragraph.frontend.analysis import evaluate
from infragraph.frontend.asked_names import asked_names
from infragraph.frontend.files import InMemory
from infragraph.frontend.reading import read
from infragraph.model.source import SourceFile

SETUP = """\
from infragraph import Topic

events = Topic[str]("events")


def plain(): return 1


def other(): return plain


def used(): return events
"""
LIBRARIES = tuple(dialect.library for dialect in ALL_DIALECTS)


def asked(files: Mapping[str, str]) -> set[str] | None:
    """The names of `setup` that are asked for."""
    sources = [
        SourceFile(path=f"{name}.py", module=name, content=text.encode())
        for name, text in files.items()
    ]
    machine = evaluate(read(sources, LIBRARIES, InMemory()).program(), LIBRARIES)
    found = asked_names(machine)["setup"]
    return None if found is None else set(found)


def test_a_function_asks_for_the_names_that_stand_in_it_but_for_its_own() -> None:
    assert asked({"setup": SETUP}) == {"events", "plain"}


def test_an_import_asks_for_a_name() -> None:
    assert asked({"setup": SETUP, "user": "from setup import other, absent\n"}) == {
        "events",
        "plain",
        "other",
        "absent",
        "__getattr__",
    }


def test_an_attribute_asks_for_a_name() -> None:
    user = "import setup\n\nsetup.absent.publish\ngetattr(setup, 'ot' + 'her')\n"

    assert asked({"setup": SETUP, "user": user}) == {
        "events",
        "plain",
        "other",
        "absent",
        "__getattr__",
    }


def test_who_imports_all_names_may_ask_for_any() -> None:
    assert asked({"setup": SETUP, "user": "from setup import *\n"}) is None


def test_a_name_that_is_bound_from_outside_is_asked_for() -> None:
    user = "import setup\n\nsetup.late = setup.events\nsetup.other = setup.events\n"

    found = asked({"setup": SETUP, "user": user})

    assert found is not None
    assert found >= {"late", "other"}
