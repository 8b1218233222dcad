"""Secrets, and what only looks like one."""

import pytest

from infragraph.local.telemetry.masking import MASK, Masks, is_secret_name

# Put together here, so that none of them is in a file as a whole.
CANARIES = [
    "AKIA" + "IOSFODNN7EXAMPLE",
    "ghp_" + "a1" * 18,
    "github_pat_" + "a1" * 20,
    "glpat-" + "a1" * 10,
    "sk_live_" + "a1" * 12,
    "sk-" + "a1" * 20,
    "xoxb-" + "1234567890-abc",
    "AIza" + "a" * 35,
    "SG." + "a" * 22 + "." + "b" * 43,
    "npm_" + "a1" * 18,
    "pypi-" + "a1" * 20,
    "eyJhbGciOiJIUzI1NiJ9." + "eyJzdWIiOiIxIn0." + "c2lnbmF0dXJl",
    "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----",
]


@pytest.mark.parametrize("secret", CANARIES, ids=lambda it: it[:9])
def test_what_looks_like_a_secret_is_masked_wherever_it_stands(secret: str) -> None:
    masks = Masks([])

    assert masks.text(f"before {secret} after") == f"before {MASK} after"
    assert masks.value({"note": [f"({secret})"]}) == {"note": [f"({MASK})"]}


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Authorization: Bearer abcdefghijk", f"Authorization: Bearer {MASK}"),
        ("postgresql://me:hunter2@host/db", f"postgresql://me:{MASK}@host/db"),
        ("DB_PASSWORD=hunter22&x=1", f"DB_PASSWORD={MASK}&x=1"),
        ('{"api_key": "abcdef"}', f'{{"api_key": "{MASK}"}}'),
        ("a token is a word", "a token is a word"),
        ("select * from sessions", "select * from sessions"),
    ],
)
def test_a_secret_goes_and_what_it_belongs_to_stays(text: str, masked: str) -> None:
    assert Masks([]).text(text) == masked


def test_the_values_of_secrets_that_the_run_knows_are_masked() -> None:
    masks = Masks(["hunter2-and-more", "hunter2", "abc"])

    assert masks.text("hunter2-and-more, hunter2, abc") == f"{MASK}, {MASK}, abc"


def test_what_is_called_like_a_secret_is_masked_whatever_it_looks_like() -> None:
    masks = Masks([])
    given = {"dbPassword": "x", "x-api-key": 1, "token": {"kind": "a"}, "name": "b"}

    assert masks.value(given) == {
        "dbPassword": MASK,
        "x-api-key": MASK,
        "token": {"kind": "a"},
        "name": "b",
    }


@pytest.mark.parametrize(
    ("name", "is_secret"),
    [
        ("password", True),
        ("SESSION_KEY", True),
        ("Set-Cookie", True),
        ("http.request.header.authorization", True),
        ("accessToken", True),
        ("monkey", False),
        ("tokenizer", False),
        ("session.id", False),
        ("ordering_key", False),
        ("messaging.message.id", False),
    ],
)
def test_a_name_says_whether_what_it_names_is_secret(name: str, is_secret: bool) -> None:  # noqa: FBT001
    assert is_secret_name(name) == is_secret
