"""What is kept of an answer knows all words that anybody looks for in a body."""

import re
from pathlib import Path

import infragraph

PACKAGE = Path(str(infragraph.__file__)).parent

LOOK = re.compile(r"""\b(deferred|within|body)\.(words|text)\b|DeferredBody", \w+\)\.""")
KNOWN = {
    # The names of the module, the verbs, and what leads anywhere.
    "frontend/wording.py",
    # The verbs.
    "frontend/suspects.py",
    # The names of attributes that only services and resources have, and how many `@` there are.
    "frontend/undefined.py",
    # The names that the file imports, and those that its statements bind.
    "frontend/foreseen.py",
    # This compares them.
    "frontend/likeness.py",
}


def test_nobody_else_looks_at_the_words_of_a_body() -> None:
    """Who is new here looks for words that `likeness.moves` has to be given."""
    found = {
        path.relative_to(PACKAGE).as_posix()
        for folder in ("frontend", "linking", "kinds", "dialects")
        for path in (PACKAGE / folder).rglob("*.py")
        if LOOK.search(path.read_text("utf-8"))
    }

    assert found == KNOWN
