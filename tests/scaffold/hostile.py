"""Texts that mean more than themselves where a generated file would hold them."""

from hypothesis import strategies as st

HOSTILE = (
    "a\nRUN id",
    "a\r\nUSER root",
    "$(id)",
    "`id`",
    "${HOME}",
    "${{ secrets.TOKEN }}",
    "<< secrets >>",
    "<% include 'x' %>",
    "{{ 7 * 7 }}",
    "a b",
    "a#b",
    "a\\",
    'a"b',
    "a'b",
    "a;b",
    "a|b",
    "a&b",
    "a: b",
    "- a",
    "!a",
    "*",
    "a\x00b",
    "a\u2028b",
    "é",
    "../a",
    "/etc/passwd",
    "a/../../b",
    "",
    "-rf",
    "--privileged",
    "~",
    "yes\n",
)

WICKED = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(st.sampled_from(list("\n\r\t $(){}<>%'\"`\\#;|&!*?~\x00é")), min_size=1, max_size=8),
)
"""Nothing of this is a name; what is in it may stand in a longer text too."""
