from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from infragraph.diagnostics.diagnostic import Diagnostic, Label, Severity
from infragraph.diagnostics.render.excerpt import Page, excerpt
from infragraph.diagnostics.render.summary import SCREEN
from infragraph.diagnostics.render.terminal import displayed, safe, width, windowed
from infragraph.diagnostics.render.text import render
from infragraph.model.graph import InfraGraph, Node
from tests.diagnostics.sample import GRAPH, NOT_A_TOPIC, lines_of, report, span

PAGE = Page(width=100, is_coloured=False, lines_of=lines_of)


def shown(diagnostic: Diagnostic, page: Page = PAGE) -> str:
    return "\n".join(excerpt(diagnostic, page))


def node(kind: str, name: str, service: str) -> Node:
    return Node(
        id=f"{kind}:{name}",
        kind=kind,
        name=name,
        service=service,
        doc=None,
        symbol="s",
        span=span("s.py", 1, 1, 2),
        properties={},
    )


def in_line(line: str, column: int, end_column: int, text: str = "") -> str:
    finding = Diagnostic(
        code="IG1",
        slug="x",
        severity=Severity.ERROR,
        message="m",
        span=span("a.py", 1, column, end_column),
        expected=text,
    )
    page = replace(PAGE, lines_of={"a.py": [line]}.get)
    return "\n".join(shown(finding, page).split("\n")[3:5])


def test_a_finding_shows_both_places_and_the_next_step() -> None:
    assert (
        shown(NOT_A_TOPIC)
        == """\
error[IG2201]: subscription 'ship-order' refers to shop.models.orders, which is not a topic
  --> shop/fulfilment/handlers.py:9:23
   |
 9 | @fulfilment.subscribe(orders, "ship-order")
   |                       ^^^^^^ expected a topic
   |
  ::: shop/models.py:4:1
   |
 4 | orders = Table("orders")
   | ------ `orders` is declared here
   |
help: pass the topic itself, or import it from the module that declares it
docs: infragraph explain IG2201"""
    )


def test_every_sentence_is_wrapped_at_the_width() -> None:
    lines = shown(NOT_A_TOPIC, replace(PAGE, width=50)).split("\n")

    assert lines[:3] == [
        "error[IG2201]: subscription 'ship-order' refers to",
        "               shop.models.orders, which is not a",
        "               topic",
    ]
    graph = replace(
        GRAPH, nodes=tuple(node(kind, "a", "b") for kind in ("topic", "bucket", "cron"))
    )
    text = render(report(graph=graph), replace(PAGE, width=30))
    assert text.split("\n")[:2] == ["shop: 1 topic, 1 cron,", "  1 bucket"]


def test_numbers_of_all_places_share_one_gutter() -> None:
    far = Label(span=span("shop/models.py", 4, 1, 7), text="here")
    near = replace(
        NOT_A_TOPIC, span=span("shop/unknown.py", 1234, 1, 2), labels=(far,), expected=""
    )

    lines = shown(near).split("\n")

    assert lines[1] == "     --> shop/unknown.py:1234:1"
    assert lines[4] == '    4 | orders = Table("orders")'


def test_wide_characters_and_tabs_keep_the_underline_in_place() -> None:
    assert in_line('名前 = Topic("x")', 6, 11) == ' 1 | 名前 = Topic("x")\n   |        ^^^^^'
    assert in_line("\tx = 1", 2, 3) == " 1 |     x = 1\n   |     ^"
    assert in_line("e\u0301 = 1", 4, 5) == " 1 | e\u0301 = 1\n   |   ^"


def test_a_stretch_past_the_end_of_the_line_is_still_marked() -> None:
    assert in_line("x =", 4, 4) == " 1 | x =\n   |    ^"


def test_a_finding_over_several_lines_marks_its_first() -> None:
    finding = replace(NOT_A_TOPIC, span=span("shop/models.py", 4, 10, 3, end_line=5), labels=())

    assert "   |          ^^^^^^^^^^^^^^^ expected a topic" in shown(finding)


def test_a_long_line_is_cut_around_its_mark() -> None:
    line = "x = [" + "1, " * 200 + "wrong, " + "2, " * 200 + "]"
    column = line.index("wrong") + 1

    source, marks = in_line(line, column, column + 5).split("\n")

    assert width(source) <= 100
    assert source.startswith(" 1 | …")
    assert source.endswith("…")
    assert source[marks.index("^") : marks.rindex("^") + 1] == "wrong"


def test_a_note_that_does_not_fit_stands_below() -> None:
    text = in_line("a" * 80, 70, 75, "expected something that takes a lot of words")

    assert text.split("\n")[1] == "   | " + " " * 69 + "^^^^^"


def test_nothing_in_a_file_can_move_the_cursor_or_reorder_the_line() -> None:
    text = in_line("a = '\x1b[2J\u202e\u2066\x9b\u2028'", 1, 2, "\x1b]0;x\x07")

    assert not {"\x1b", "\u202e", "\u2066", "\x9b", "\u2028", "\x07"} & set(text)


@given(st.text(max_size=60), st.integers(1, 70), st.integers(0, 30), st.integers(20, 40))
def test_any_line_is_shown_within_its_room(line: str, column: int, length: int, room: int) -> None:
    shown_line, start, end = windowed(*displayed(line, (column, column + length)), room)

    assert width(shown_line) <= room
    assert 0 <= start < end
    assert safe(shown_line) == shown_line


def test_colour_is_only_there_when_asked_for() -> None:
    assert "\x1b[1;31merror[IG2201]\x1b[0m" in shown(NOT_A_TOPIC, replace(PAGE, is_coloured=True))
    assert "\x1b" not in shown(NOT_A_TOPIC)


def test_the_whole_text_is_a_summary_the_findings_and_a_verdict() -> None:
    text = render(report(NOT_A_TOPIC), PAGE)

    assert text.startswith("""\
shop: 2 services, 1 endpoint, 2 topics, 1 subscription, 1 database

emails
  consumes   signups (send-welcome-email)

users
  serves     POST /signup
  publishes  signups
  owns       database users, topic signups

shared
  declares   topic audit

error[IG2201]: """)
    assert text.endswith("""\
docs: infragraph explain IG2201

files: 7 analyzed, 3 skipped (2 symlink, 1 syntax)
found 1 error, 1 unresolved use
""")


def test_a_large_application_still_fits_a_screen() -> None:
    services = tuple(node("service", f"s{number}", f"s{number}") for number in range(200))
    graph = InfraGraph(application="large", nodes=services, edges=(), payloads={}, unresolved=())

    lines = render(report(graph=graph), PAGE).split("\n")

    assert len(lines) <= SCREEN + 6
    assert "and 162 more services" in lines


def test_where_not_all_fits_a_screen_the_foremost_things_keep_their_names() -> None:
    secrets = tuple(node("secret", f"KEY_{number}", "users") for number in range(3))
    crons = tuple(node("cron", f"job-{'x' * 30}-{number}", "users") for number in range(2 * SCREEN))
    graph = InfraGraph(
        application="shop",
        nodes=(node("service", "users", "users"), *secrets, *crons),
        edges=(),
        payloads={},
        unresolved=(),
    )

    assert render(report(graph=graph), PAGE).split("\n")[:4] == [
        "shop: 1 service, 80 crons, 3 secrets",
        "",
        "users: runs 80",
        "  owns       secret KEY_0, secret KEY_1, secret KEY_2",
    ]


def test_a_clean_run_says_so() -> None:
    clean = replace(GRAPH, unresolved=())

    assert render(report(graph=clean), PAGE).endswith("\nno findings\n")
