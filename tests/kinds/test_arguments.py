from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from infragraph.diagnostics.diagnostic import Label
from infragraph.kinds.arguments import Arguments, bind
from infragraph.model.values import Items, Known, Made, Reference, StaticValue, Symbol, Unknown
from infragraph.sdk.bucket import Bucket
from infragraph.sdk.retry import Retry
from infragraph.sdk.service import Service
from infragraph.sdk.topic import Topic
from tests.kinds.declaring import CALL, constant, declaration, span


def messages(arguments: Arguments) -> list[tuple[str, str]]:
    return [(finding.code, finding.message) for finding in arguments.findings]


def topic(**options: StaticValue) -> Arguments:
    return bind(declaration("topic", constant("orders"), **options), Topic)


def test_what_is_not_written_has_the_default_of_the_signature() -> None:
    arguments = topic()

    values = (
        arguments.name(),
        arguments.text("delivery"),
        arguments.text("ordering_key"),
        arguments.duration("retention"),
        arguments.flag("audit"),
        arguments.texts("publishers"),
    )

    assert values == ("orders", "at-least-once", None, 604800, False, None)
    assert arguments.findings == []


def test_a_default_that_is_made_is_read_like_a_written_one() -> None:
    arguments = bind(
        declaration(
            "subscription",
            Reference(key="k", kind="topic", name="orders", span=span(2)),
            constant("ship"),
        ),
        Service.subscribe,
    )

    retry = arguments.of(arguments.by_option["retry"], Retry)

    assert retry is not None
    assert retry.number("max_attempts") == 5
    assert arguments.reference("topic", "topic") == "k"
    assert arguments.findings == []


def test_every_option_of_the_wrong_shape_is_one_finding_and_the_others_are_read() -> None:
    arguments = bind(
        declaration(
            "topic",
            constant("orders"),
            constant("extra", 3),
            retenton=constant("7d", 4),
            name=constant("again", 5),
            audit=constant(value=True),
        ),
        Topic,
    )

    assert arguments.flag("audit") is True
    assert messages(arguments) == [
        ("IG2005", "topic 'orders' takes 1 argument by position, and this is one more"),
        ("IG2003", "topic 'orders' has no option 'retenton'"),
        ("IG2006", "'name' of topic 'orders' is given by position and by name"),
    ]
    assert [finding.span.end_column for finding in arguments.findings] == [11, 9, 5]
    assert arguments.findings[1].help == "write 'retention'"


def test_an_argument_that_is_missing_is_told_at_the_call_and_then_unknown() -> None:
    arguments = bind(declaration("bucket"), Bucket)

    assert arguments.name() is None
    assert messages(arguments) == [("IG2004", "this bucket is declared without 'name'")]
    assert arguments.findings[0].span == CALL


def test_spread_arguments_are_one_finding_and_miss_nothing() -> None:
    arguments = bind(replace(declaration("bucket"), is_open=True), Bucket)

    assert (arguments.name(), arguments.flag("public")) == (None, None)
    assert [code for code, _ in messages(arguments)] == ["IG2007"]


def test_an_option_that_may_be_the_misspelt_one_is_not_known() -> None:
    misspelt = topic(retenton=constant("3d"))
    nameless = bind(declaration("topic", nam=constant("orders")), Topic)
    strange = topic(since=constant("3d"))
    by_position = bind(declaration("topic", constant("orders"), constant(value=True)), Topic)

    told = [len(it.findings) for it in (misspelt, nameless, strange, by_position)]

    assert told == [1, 1, 1, 1]
    assert (misspelt.duration("retention"), misspelt.flag("external")) == (None, False)
    assert nameless.name() is None
    assert (strange.flag("external"), strange.name()) == (None, "orders")
    assert (by_position.flag("external"), by_position.name()) == (None, "orders")


def test_what_a_loop_declares_is_told_once_for_its_place() -> None:
    unknown = Unknown(reason="it may be one of several values", span=span(2))
    looped = replace(declaration("bucket", unknown), placement="loop")

    arguments = bind(looped, Bucket)

    assert arguments.name() is None
    assert [code for code, _ in messages(arguments)] == ["IG2012"]


def test_what_is_not_constant_shows_the_expression_and_what_is_to_blame() -> None:
    origin = span(9)
    value = Unknown(reason="it is read from the environment", span=span(2), origin=origin)
    arguments = topic(retention=value)

    assert arguments.duration("retention") is None
    (finding,) = arguments.findings
    assert (finding.code, finding.span, finding.labels) == (
        "IG2001",
        span(2),
        (Label(span=origin, text="it is read from the environment"),),
    )
    assert finding.help.startswith('write a duration such as "30s"')


def test_what_a_finding_explains_already_gets_no_second_one() -> None:
    value = Unknown(reason="it is not found", span=span(2), is_reported=True)
    arguments = topic(retention=value)

    assert arguments.duration("retention") is None
    assert arguments.findings == []


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("250ms", 0.25),
        ("2000ms", 2),
        ("30s", 30),
        ("10m", 600),
        ("24h", 86400),
        ("7d", 604800),
        ("0s", 0),
    ],
)
def test_durations_are_seconds(written: str, seconds: float) -> None:
    read = topic(retention=constant(written)).duration("retention")

    assert (read, type(read)) == (seconds, type(seconds))


def test_a_timedelta_is_a_duration() -> None:
    value = Known(value=timedelta(minutes=1.5), span=span(2))

    assert topic(retention=value).duration("retention") == 90


@pytest.mark.parametrize(
    "written", ["", "7", "7 d", "-7d", "7D", "1.5h", "7d\n", "\u0667d", "7" * 5000 + "d", "week"]
)
def test_other_texts_are_no_durations(written: str) -> None:
    arguments = topic(retention=constant(written))

    assert arguments.duration("retention") is None
    assert [code for code, _ in messages(arguments)] == ["IG2010"]


def test_a_negative_timedelta_is_no_duration() -> None:
    arguments = topic(retention=Known(value=timedelta(seconds=-1), span=span(2)))

    assert arguments.duration("retention") is None
    assert messages(arguments) == [
        ("IG2010", "'retention' of topic 'orders' is -1 seconds, which is no duration")
    ]


@pytest.mark.parametrize(
    ("written", "size"), [("1B", 1), ("3KiB", 3072), ("2MiB", 2097152), ("1GiB", 2**30), (512, 512)]
)
def test_sizes_are_bytes(written: str | int, size: int) -> None:
    arguments = bind(
        declaration("endpoint", constant("/orders"), body_limit=constant(written)), Service.post
    )

    assert arguments.size("body_limit") == size


@pytest.mark.parametrize("written", ["2MB", "2 MiB", "MiB", "1.5KiB", -1])
def test_other_values_are_no_sizes(written: str | int) -> None:
    arguments = bind(
        declaration("endpoint", constant("/orders"), body_limit=constant(written)), Service.post
    )

    assert arguments.size("body_limit") is None
    assert [code for code, _ in messages(arguments)] == ["IG2011"]


@pytest.mark.parametrize("name", ["a", "a1", "order-placed", "a-1-b", "x" * 40])
def test_names_are_words_joined_by_hyphens(name: str) -> None:
    arguments = bind(declaration("bucket", constant(name)), Bucket)

    assert arguments.name() == name
    assert arguments.findings == []


@pytest.mark.parametrize(
    "name", ["A", "1a", "a_b", "a--b", "-a", "a-", "a b", "ä", "a\n", "x" * 41]
)
def test_other_names_are_told_and_stay_names(name: str) -> None:
    arguments = bind(declaration("bucket", constant(name)), Bucket)

    assert arguments.name() == name
    assert [code for code, _ in messages(arguments)] == ["IG2009"]


READERS: dict[str, Callable[[Arguments, str], object]] = {
    "text": Arguments.text,
    "flag": Arguments.flag,
    "number": Arguments.number,
    "duration": Arguments.duration,
    "size": Arguments.size,
    "texts": Arguments.texts,
}

VALUES: dict[str, StaticValue] = {
    "the text 'x'": constant("x"),
    "the number 1": constant(1),
    "the number 1.5": constant(1.5),
    "True": constant(value=True),
    "bytes": constant(b"x"),
    "a timedelta": Known(value=timedelta(1), span=span(2)),
    "a tuple": Items(kind="tuple", elements=(constant(1),), span=span(2)),
    "a set": Items(kind="set", elements=(), span=span(2)),
    "a Retry": Made(constructor="infragraph.Retry", positional=(), keywords=(), span=span(2)),
    "the topic 'o'": Reference(key="k", kind="topic", name="o", span=span(2)),
    "the class 'm.C'": Symbol(kind="class", name="m.C", definition=None, span=span(2)),
    "'os.name'": Symbol(kind="library", name="os.name", definition=None, span=span(2)),
}

REFUSED = {
    "text": sorted(set(VALUES) - {"the text 'x'"}),
    "flag": sorted(set(VALUES) - {"True"}),
    "number": sorted(set(VALUES) - {"the number 1"}),
    "duration": sorted(set(VALUES) - {"the text 'x'", "a timedelta"}),
    "size": sorted(set(VALUES) - {"the text 'x'", "the number 1"}),
    "texts": sorted(set(VALUES) - {"a tuple"}),
}


@pytest.mark.parametrize(
    ("reader", "found"), [(reader, found) for reader in READERS for found in REFUSED[reader]]
)
def test_a_value_of_the_wrong_type_is_named(reader: str, found: str) -> None:
    arguments = topic(retention=VALUES[found])

    assert READERS[reader](arguments, "retention") is None
    ((code, message),) = messages(arguments)
    assert code == "IG2002"
    assert message.startswith(f"'retention' of topic 'orders' is {found}, and has to be ")


def test_none_is_accepted_where_the_signature_says_so() -> None:
    arguments = topic(ordering_key=constant(None), retention=constant(None))

    assert arguments.text("ordering_key") is None
    assert arguments.is_none("ordering_key")
    assert arguments.duration("retention") is None
    assert [code for code, _ in messages(arguments)] == ["IG2002"]


def test_a_choice_that_does_not_exist_suggests_the_nearest() -> None:
    arguments = topic(delivery=constant("exactly_once"))

    assert arguments.choice("delivery", ("at-least-once", "exactly-once")) is None
    (finding,) = arguments.findings
    assert (finding.code, finding.help) == ("IG2008", "write 'exactly-once'")


def test_what_refers_to_another_kind_is_named_with_its_place() -> None:
    value = Symbol(kind="class", name="shop.Orders", definition=span(7), span=span(2))
    arguments = topic(retention=value)

    assert arguments.reference("retention", "database") is None
    (finding,) = arguments.findings
    assert finding.labels == (Label(span=span(7), text="`Orders` is defined here"),)
    assert finding.help == "write a database"
