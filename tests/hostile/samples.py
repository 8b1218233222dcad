"""The files of a fuzzing run: what number they have in a seed decides what is in them."""

import warnings
from random import Random

from pysource_codegen import generate

from infragraph.workspace.inputs import MAXIMUM_BYTES
from tests.hostile.bombs import bomb
from tests.hostile.mutations import mutant

SORTS = (*("mutant",) * 5, *("generated",) * 3, *("bomb",) * 2)
"""Of ten files, five are damaged real ones, three are random programs, two are bombs."""

_MATTERS = b"from infragraph import Topic\nfrom good import orders, shop\na = b = A = orders\n"


def sort(number: int) -> str:
    return SORTS[number % len(SORTS)]


def sample(seed: int, number: int) -> bytes:
    """A file; every third is made to lead to the application's resources, so that it is run."""
    random = Random(f"{seed}/{number}")  # noqa: S311 - it shall come again
    match sort(number):
        case "mutant":
            content = mutant(random)
        case "generated":
            content = _generated(random)
        case _:
            content = bomb(random)
    if random.randrange(3) == 0:
        content = _MATTERS + content
    # As much as a file gives, and the byte that shows that there is more.
    return content[: MAXIMUM_BYTES + 1]


def _generated(random: Random) -> bytes:
    while True:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                text: str = generate(
                    random.randrange(1 << 30),
                    node_limit=random.choice((50, 150, 300)),
                    depth_limit=8,
                )
            except ValueError:
                # It has made a tree that this Python's `ast.unparse` cannot write.
                continue
        return text.encode("utf-8", "surrogatepass")
