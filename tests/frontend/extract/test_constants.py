import pytest

from infragraph.frontend.extract import extract
from infragraph.model.facts import Constant, Evaluate
from infragraph.model.source import Position


@pytest.mark.parametrize("newer", ["", "type X = int\n"], ids=["by ast", "by libcst"])
@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1", 1),
        ("0x_ff", 255),
        ("1e999", float("inf")),
        ("2j", 2j),
        ("'é😀'", "é😀"),
        (r"'\ud800'", "\ufffd"),
        (r"'a\udfffb'", "a\ufffdb"),
        (r"'\ud83d\ude00'", "😀"),
        (r"b'\xff'", b"\xff"),
        ("True", True),
        ("None", None),
    ],
)
def test_a_constant_is_what_every_output_can_hold(newer: str, written: str, value: object) -> None:
    facts = extract(f"{newer}{written}\n".encode())

    line = newer.count("\n") + 1
    at = Position(line, 1, line, len(written) + 1)
    assert facts.body[-1] == Evaluate(Constant(value, at), at)  # type: ignore[arg-type]


@pytest.mark.parametrize("newer", ["", "type X = int\n"], ids=["by ast", "by libcst"])
def test_an_integer_that_python_cannot_write_stands_for_nothing(newer: str) -> None:
    facts = extract(f"{newer}0x{'f' * 5_000}\n".encode())

    (constant,) = (one.value for one in facts.body if isinstance(one, Evaluate))
    assert isinstance(constant, Constant)
    assert (constant.value, constant.is_ellipsis) == (None, True)
