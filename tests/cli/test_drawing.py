import sys
from dataclasses import replace
from pathlib import Path

import pytest

from infragraph.cli import drawing, exporting
from infragraph.cli.exits import Exit
from infragraph.formats import tables
from infragraph.formats.tables import Format
from tests.model.test_queries import FILES
from tests.workspace.trees import grow

DRAWING = drawing.Request(
    path=".",
    form="lines",
    view="topic:orders",
    depth=0,
    engine="graphviz-pure",
    source_url=None,
    output="-",
    is_check=False,
    application=None,
    python=None,
)
EXPORTING = exporting.Request(
    what="owners",
    path=".",
    form=None,
    output="-",
    is_check=False,
    target=None,
    source_url=None,
    application=None,
    python=None,
)
CONFIGURATION = "application: shop\nservices: {api: {owner: team-web}}\n"


@pytest.fixture(autouse=True)
def _shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder is that of an application, and there are formats to draw it in."""
    grow(tmp_path, {**FILES, "infragraph.yaml": CONFIGURATION})
    monkeypatch.chdir(tmp_path)
    lines, laid_out, refusing, owners = (
        Format(name=name, module=f"tests.cli.stand_ins.{name}", purpose="a stand-in")
        for name in ("lines", "laid_out", "refusing", "owners")
    )
    monkeypatch.setattr(tables, "ALL_FORMATS", (lines, laid_out, refusing))
    monkeypatch.setattr(tables, "ALL_EXPORTS", (owners,))


def test_a_view_is_drawn_in_a_format(capfd: pytest.CaptureFixture[str]) -> None:
    assert drawing.run(DRAWING) == Exit.CLEAN
    assert capfd.readouterr().out == "shop: the topic orders\ntopic:orders\n"


def test_depth_and_links_are_those_that_were_asked_for(capfd: pytest.CaptureFixture[str]) -> None:
    template = "https://example.com/{path}#L{line}"
    drawing.run(replace(DRAWING, depth=1, source_url=template))

    assert capfd.readouterr().out.splitlines()[-1] == (
        "topic:orders https://example.com/shop/events.py#L9"
    )


def test_a_written_picture_is_stale_once_the_application_has_changed(tmp_path: Path) -> None:
    written = replace(DRAWING, output="orders.txt")
    checked = replace(written, is_check=True)

    assert [drawing.run(checked), drawing.run(written), drawing.run(checked)] == [
        Exit.FINDINGS,
        Exit.CLEAN,
        Exit.CLEAN,
    ]
    grow(tmp_path, {"infragraph.yaml": "application: store\n"})
    assert drawing.run(checked) == Exit.FINDINGS


@pytest.mark.parametrize(
    ("request_", "said"),
    [
        (
            replace(DRAWING, view="topic:order"),
            "no topic is called 'order'; did you mean 'orders'?",
        ),
        (
            replace(DRAWING, source_url="javascript:{path}"),
            "--source-url takes the template of an address: it must begin with https://",
        ),
        (replace(DRAWING, path="nowhere"), "there is no 'nowhere'"),
        (replace(DRAWING, form="refusing"), "'topic:orders' is too much; draw less"),
    ],
)
def test_what_cannot_be_drawn_ends_in_one_line(
    request_: drawing.Request, said: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        drawing.run(request_)

    assert ended.value.code == Exit.WORLD
    assert capfd.readouterr() == ("", f"infragraph: {said}\n")


def test_a_format_that_needs_graphviz_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))

    with pytest.raises(SystemExit):
        drawing.run(replace(DRAWING, form="laid_out"))

    assert "pip install 'infragraph-cli[diagrams]'\n" in capfd.readouterr().err


def test_documents_are_given_the_owners_of_the_configuration(
    capfd: pytest.CaptureFixture[str],
) -> None:
    assert exporting.run(EXPORTING) == Exit.CLEAN
    assert capfd.readouterr().out == (
        "==> api.txt <==\nteam-web\n==> idle.txt <==\nNone\n==> ship.txt <==\nNone\n"
    )


def test_documents_in_a_folder_are_stale_once_the_application_has_changed(tmp_path: Path) -> None:
    written = replace(EXPORTING, output="docs/owners")
    checked = replace(written, is_check=True)

    assert [exporting.run(checked), exporting.run(written), exporting.run(checked)] == [
        Exit.FINDINGS,
        Exit.CLEAN,
        Exit.CLEAN,
    ]
    grow(tmp_path, {"infragraph.yaml": "application: shop\n"})
    assert exporting.run(checked) == Exit.FINDINGS
