"""The ways in which one function leads to another."""

from random import Random

from benchmarks.corpus.library import CALLING
from benchmarks.corpus.referring import Reference
from benchmarks.corpus.written import Statement


def called(choice: Random, function: Reference, defined: str) -> Statement:
    """A call with `reference`; `defined` is where the function truly is."""
    name = function.expression
    forms = [
        Statement(lines=(f"await {name}(reference)",), imports=function.imports),
        Statement(lines=(f"await {name}(reference)",), imports=function.imports),
        Statement(
            lines=(f"await asyncio.gather({name}(reference))",),
            imports=("import asyncio", *function.imports),
        ),
        Statement(
            lines=(f"await once({name}, reference)",),
            imports=(f"from {CALLING} import once", *function.imports),
        ),
    ]
    # `import a.b` would make `a` a local name of the whole function.
    if all(line.startswith("from ") for line in function.imports):
        forms.append(Statement(lines=(*function.imports, f"await {name}(reference)")))
    chosen = choice.choice(forms)
    return Statement(
        lines=chosen.lines, imports=chosen.imports, uses=chosen.uses, leads_to=(defined,)
    )
