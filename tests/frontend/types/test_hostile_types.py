"""Types made to be read without end."""

import pytest

from tests.frontend.types.declared import payload
from tests.frontend.types.test_encoding import program

ENDLESS = {
    "specialisations without end": (
        """
        T = TypeVar("T")

        @dataclass
        class A(Generic[T]):
            x: A[list[T]] | None

        Payload = A[int]
        """,
        "its type arguments nest without end",
    ),
    "aliases that double": (
        "A0 = int\n"
        + "".join(f"A{i + 1} = tuple[A{i}, A{i}]\n" for i in range(30))
        + "Payload = A30\n",
        "it is too large to be read",
    ),
    "nested brackets": (
        f"Payload = {'list[' * 90}int{']' * 90}\n",
        "it nests too deep to be read",
    ),
    "text in text": (
        f"Payload = '{'list[' * 60}int{']' * 60}'\n",
        "it nests too deep to be read",
    ),
    "aliases in a circle": ("A = B\nB = A\nPayload = A\n", "it stands for nothing but itself"),
    "new type of itself": ("A = NewType('A', A)\nPayload = A\n", "it nests too deep to be read"),
    "bound of itself": (
        'S = TypeVar("S", bound="S")\nPayload = S\n',
        "it nests too deep to be read",
    ),
    "literals without number": (
        f"Payload = Literal[{', '.join(map(str, range(25_000)))}]\n",
        "it is too large to be read",
    ),
}


@pytest.mark.parametrize("name", ENDLESS)
def test_reading_ends_with_a_fault(name: str) -> None:
    source, detail = ENDLESS[name]

    facts = payload(program(source))

    assert detail in {fault.detail for fault in facts.faults}


def test_classes_above_each_other_end() -> None:
    facts = payload(
        program("@dataclass\nclass A(B):\n    a: int\n@dataclass\nclass B(A): ...\nPayload = A\n")
    )

    assert list(facts.definitions) == ["shop.A"]


def test_long_line_of_bases_and_wide_diamonds_are_read_once() -> None:
    deep = "".join(f"@dataclass\nclass C{i + 1}(C{i}):\n    f{i}: int\n" for i in range(300))
    wide = "".join(
        f"class D{i + 1}(D{i}, E{i}): ...\nclass E{i + 1}(D{i}, E{i}): ...\n" for i in range(12)
    )
    facts = payload(
        program(
            f"class D0: ...\nclass E0: ...\n{wide}@dataclass\nclass C0(D12): ...\n{deep}"
            "Payload = C300\n"
        )
    )

    assert len(facts.fields) == 300
