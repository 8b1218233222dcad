import re
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from infragraph.runtime.brokers.aws_messages import METADATA, Carried, carried, token, uncarried
from infragraph.runtime.envelope import Envelope, headers, read

LEGAL = re.compile("[\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]+")
NAMES = st.text(min_size=1).filter(
    lambda name: not name.startswith("ce-") and name not in (METADATA, "traceparent")
)


@given(
    body=st.binary() | st.text().map(str.encode),
    attributes=st.dictionaries(NAMES, st.text(), max_size=20),
    key=st.none() | st.text(),
    schema=st.none() | st.text(),
    traceparent=st.none() | st.just("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
)
def test_a_message_is_what_it_was_and_always_legal(
    body: bytes,
    attributes: dict[str, str],
    key: str | None,
    schema: str | None,
    traceparent: str | None,
) -> None:
    now = datetime(2026, 11, 25, tzinfo=UTC)
    sent = Envelope(
        id="m1",
        source="service:shop",
        type="Order",
        published_at=now,
        body=body,
        attributes=attributes,
        schema=schema,
        ordering_key=key,
        traceparent=traceparent,
    )

    made = carried(headers(sent), body)

    written, got = uncarried(made.text, made.described())
    assert read(written, got, otherwise_id="", otherwise_at=now) == sent
    assert len(made.attributes) <= 10
    assert all(LEGAL.fullmatch(it) for it in (made.text, *made.attributes.values()))
    assert all(re.fullmatch(r"[A-Za-z0-9_.-]{1,256}", it) for it in made.attributes)


def test_all_of_our_metadata_is_one_attribute_and_the_trace_another() -> None:
    written = {"ce-id": "1", "ce-type": "Order", "traceparent": "00-a-b-01", "country": "NL"}

    made = carried(written, b'{"id":1}')

    assert made == Carried(
        text='{"id":1}',
        attributes={
            "country": "NL",
            "traceparent": "00-a-b-01",
            "infragraph": '{"ce-id":"1","ce-type":"Order"}',
        },
    )


def test_a_binary_body_says_that_it_is_base64() -> None:
    assert carried({}, b"\xff\x00") == Carried(
        text="/wA=", attributes={"infragraph": '{"encoding":"base64"}'}
    )


def test_what_exceeds_ten_attributes_is_beside_our_metadata() -> None:
    many = {f"a{it}": str(it) for it in range(12)}

    made = carried({**many, "traceparent": "00-a-b-01"}, b"1")

    assert sorted(made.attributes) == sorted(["infragraph", "traceparent", *sorted(many)[:8]])
    assert uncarried(made.text, made.described())[0] == {**many, "traceparent": "00-a-b-01"}


def test_a_foreign_message_has_its_own_attributes_alone() -> None:
    given = {
        "color": {"DataType": "String", "StringValue": "red"},
        "blob": {"DataType": "Binary", "BinaryValue": b"1"},
        "infragraph": {"DataType": "String", "StringValue": "no json"},
    }

    assert uncarried("L3dBPQ==", given) == ({"color": "red"}, b"L3dBPQ==")


def test_the_size_counts_names_types_and_values() -> None:
    made = Carried(text="é", attributes={"name": "value"})

    assert made.size == len("é".encode()) + len("name") + len("String") + len("value")


@given(st.text(), st.text())
def test_groups_are_legal_and_apart(one: str, other: str) -> None:
    assert re.fullmatch(r"[\x21-\x7e]{1,128}", token(one))
    assert (token(one) == token(other)) == (one == other)
