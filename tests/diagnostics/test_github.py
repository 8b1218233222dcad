from dataclasses import replace

from infragraph.diagnostics.render.github import render
from tests.diagnostics.sample import NOT_A_TOPIC, report, span


def test_a_finding_is_one_command_at_its_place_in_the_repository() -> None:
    first = render(report(NOT_A_TOPIC), prefix="apps/shop/").split("\n")[0]

    assert first == (
        "::error file=apps/shop/shop/fulfilment/handlers.py,line=9,endLine=9,"
        "title=IG2201 subscription-topic-not-declared,col=23,endColumn=28::"
        "subscription 'ship-order' refers to shop.models.orders, which is not a topic%0A"
        "expected a topic%0Ashop/models.py:4: `orders` is declared here%0A"
        "help: pass the topic itself, or import it from the module that declares it"
    )


def test_nothing_in_a_finding_can_begin_a_command_of_its_own() -> None:
    hostile = replace(
        NOT_A_TOPIC,
        message="x\r\n::set-output name=a::b 100%",
        span=span("a,b:c\n::error::.py", 1, 1, 2),
        labels=(),
        expected="",
        help="",
    )

    lines = render(report(hostile), prefix="").split("\n")

    assert [line for line in lines if line.startswith("::")] == [lines[0]]
    assert "file=a%2Cb%3Ac%0A%3A%3Aerror%3A%3A.py," in lines[0]
    assert lines[0].endswith("x::set-output name=a::b 100%25")


def test_a_finding_over_several_lines_has_no_columns() -> None:
    tall = replace(NOT_A_TOPIC, span=span("a.py", 1, 3, 4, end_line=2), labels=())

    assert "line=1,endLine=2,title=" in render(report(tall), prefix="")
    assert "col=" not in render(report(tall), prefix="")
