import re

from hypothesis import given
from hypothesis import strategies as st

from infragraph.documents.keys import key

names = st.from_regex(r"\A[a-z][a-z0-9]*(-[a-z0-9]+)*\Z|\A[a-z_]+\Z") | st.text()


@given(st.lists(names, unique=True, max_size=20))
def test_keys_are_legal_and_no_two_texts_have_one(texts: list[str]) -> None:
    keys = [key(text) for text in texts]

    assert len(set(keys)) == len(texts)
    assert all(re.fullmatch(r"[A-Za-z0-9_-]+", it) for it in keys)


def test_what_the_sdk_admits_stays_and_all_else_is_spelled_in_codes() -> None:
    given = ["send-welcome-email", "sign_up", "a.b", "", "a-u2e-b"]

    assert [key(text) for text in given] == [
        "send-welcome-email",
        "sign_up",
        "a-u2e-b",
        "-u-",
        "a-u2d-u2e-u2d-b",
    ]
