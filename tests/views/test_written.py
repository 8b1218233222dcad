from dataclasses import replace

from infragraph.model.diagram import Mark
from infragraph.views.written import lines, words
from tests.formats.texts import arrow, group, shape


def test_a_shape_says_its_kind_its_name_its_detail_and_its_marks() -> None:
    signup = replace(
        shape("signup", "endpoint", detail="POST /signup"), marks=(Mark.CYCLE, Mark.PUBLIC)
    )

    assert lines(signup) == ("«endpoint»", "signup", "POST /signup", "(cycle, public)")


def test_a_mark_that_the_kind_says_is_not_said_again() -> None:
    queue = replace(shape("send", "dead-letter"), marks=(Mark.DEAD_LETTER,))

    assert lines(queue) == ("«dead-letter»", "send")


def test_a_container_says_whose_it_is() -> None:
    users = replace(group("users"), owner="team-accounts")

    assert lines(users) == ("«service»", "users", "owned by team-accounts")


def test_an_arrow_says_its_label_and_its_marks() -> None:
    assert words(arrow("a", "b", "publishes", Mark.STATED)) == "publishes (stated)"
    assert words(arrow("a", "b", "")) == ""
