import json
from pathlib import Path

import pytest

from infragraph.schemas import schema
from infragraph.usecases.query import ALL_QUESTIONS
from tests.cli.command import infragraph
from tests.diagnostics.validation import mistakes
from tests.model.test_queries import FILES
from tests.workspace.trees import grow


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return grow(
        tmp_path_factory.mktemp("applications"), {**FILES, "infragraph.yaml": "application: shop\n"}
    )


def test_producers_are_listed_with_the_places_where_they_publish(shop: Path) -> None:
    done = infragraph("query", "producers", "orders", cwd=shop)

    assert (done.returncode, done.stdout) == (
        0,
        (
            "endpoint:api/place\n"
            "  shop/api/__init__.py:10 shop.api.place\n"
            "subscription:parcels/move\n"
            "  shop/ship/__init__.py:15 shop.ship.move\n"
        ),
    )


def test_impact_is_listed_with_the_way_to_each(shop: Path) -> None:
    done = infragraph("query", "impact", "database:api", cwd=shop)

    assert done.stdout == (
        "endpoint:api/list_orders\n  database:api -feeds-> endpoint:api/list_orders\n"
    )


def test_a_path_is_shown_step_by_step(shop: Path) -> None:
    done = infragraph("query", "path", "place", "labels", cwd=shop)

    assert done.stdout == (
        "endpoint:api/place\n"
        "  -publishes-> topic:orders  shop/api/__init__.py:10 shop.api.place\n"
        "  -delivers-> subscription:orders/pack  shop/ship/__init__.py:7\n"
        "  -stores-> bucket:labels  shop/ship/__init__.py:11 shop.ship.pack\n"
    )


def test_what_is_unused_is_listed_with_the_reason(shop: Path) -> None:
    done = infragraph("query", "unused", cwd=shop)

    assert done.returncode == 0
    assert done.stdout.splitlines()[0] == (
        "endpoint:api/nobody_calls: it is private, and nothing calls it"
    )


def test_an_empty_answer_has_an_exit_code_and_a_sentence(shop: Path) -> None:
    done = infragraph("query", "producers", "partners", cwd=shop)

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "nothing publishes to 'topic:partners'\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ("producers", "order"),
            "infragraph: no topic is called 'order'; did you mean 'orders'?\n",
        ),
        (
            ("consumers", "pack"),
            "infragraph: no topic is called 'pack'; 'subscription:orders/pack' is a subscription\n",
        ),
        (
            ("impact", "api"),
            "infragraph: 'api' may be 'database:api' or 'service:api'\n",
        ),
        (
            ("path", "ship", "nowhere"),
            (
                "infragraph: nothing is called 'nowhere'; "
                "'infragraph analyze --format json' lists all\n"
            ),
        ),
        (
            ("cycles", "--format", "yaml"),
            "infragraph: --format takes 'text' or 'json', and not 'yaml'\n",
        ),
        (("unused", "nowhere"), "infragraph: there is no 'nowhere'\n"),
    ],
)
def test_a_name_that_means_nothing_is_answered_with_what_was_meant(
    shop: Path, arguments: tuple[str, ...], said: str
) -> None:
    done = infragraph("query", *arguments, cwd=shop)

    assert (done.returncode, done.stdout, done.stderr) == (2, "", said)


@pytest.mark.parametrize(
    "arguments",
    [
        ("producers", "orders"),
        ("consumers", "orders"),
        ("consumers", "unread"),
        ("impact", "service:api"),
        ("path", "service:api", "service:ship"),
        ("unused",),
        ("cycles",),
    ],
)
def test_every_answer_is_as_the_schema_says(shop: Path, arguments: tuple[str, ...]) -> None:
    done = infragraph("query", *arguments, "--format", "json", cwd=shop)

    document = json.loads(done.stdout)
    assert mistakes(document, schema("query")) == []
    assert document["question"] == arguments[0]
    assert done.returncode == (0 if document["results"] else 1)


def test_every_question_has_a_command() -> None:
    listed = infragraph("query", "--help").stdout.partition("Commands:\n")[2]

    assert [line.split()[0] for line in listed.splitlines()] == [
        question.name for question in ALL_QUESTIONS
    ]


def test_findings_and_what_could_not_be_resolved_are_told_beside_the_answer(root: Path) -> None:
    done = infragraph("query", "cycles", "fixtures/broken", cwd=root)

    assert done.returncode == 1
    assert [line for line in done.stderr.splitlines() if "may lack something" in line] == [
        (
            "note: the application has 23 errors, so that this may lack something; "
            "see 'infragraph analyze'"
        ),
        (
            "note: 1 use could not be resolved, so that the answer may lack something; "
            "'infragraph analyze --format json' lists them"
        ),
    ]


def test_a_mistake_in_the_configuration_is_shown_and_nothing_is_answered(tmp_path: Path) -> None:
    grow(tmp_path, {**FILES, "infragraph.yaml": "aplication: shop\n"})

    done = infragraph("query", "unused", cwd=tmp_path)

    assert (done.returncode, done.stdout) == (2, "")
    assert "aplication" in done.stderr


def test_one_of_several_applications_is_chosen_by_name(tmp_path: Path) -> None:
    for name in ("one", "two"):
        grow(tmp_path / name, {**FILES, "infragraph.yaml": f"application: {name}\n"})

    undecided = infragraph("query", "cycles", cwd=tmp_path)
    chosen = infragraph("query", "cycles", "--app", "two", "--format", "json", cwd=tmp_path)

    assert undecided.returncode == 2
    assert "choose one with --app: one (one), two (two)" in undecided.stderr
    assert json.loads(chosen.stdout)["application"] == "two"
