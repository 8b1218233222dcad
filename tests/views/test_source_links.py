import pytest

from infragraph.model.source import SourceSpan
from infragraph.views.source_links import source_link, template_fault

TEMPLATE = "https://example.com/shop/blob/main/{path}#L{line}"


def span(path: str) -> SourceSpan:
    return SourceSpan(path=path, line=7, column=1, end_line=7, end_column=9)


@pytest.mark.parametrize(
    ("path", "link"),
    [
        ("shop/api.py", "https://example.com/shop/blob/main/shop/api.py#L7"),
        ('a "b".py', "https://example.com/shop/blob/main/a%20%22b%22.py#L7"),
        ("ü/{line}.py", "https://example.com/shop/blob/main/%C3%BC/%7Bline%7D.py#L7"),
        ("a?b#c.py", "https://example.com/shop/blob/main/a%3Fb%23c.py#L7"),
    ],
)
def test_a_path_is_one_whatever_it_holds(path: str, link: str) -> None:
    assert source_link(TEMPLATE, span(path)) == link


def test_there_is_no_link_without_a_template_or_a_place() -> None:
    assert source_link(None, span("a.py")) is None
    assert source_link(TEMPLATE, None) is None


@pytest.mark.parametrize(
    ("template", "fault"),
    [
        (TEMPLATE, None),
        ("javascript:alert({path})", "it must begin with https://"),
        ("https://example.com/", "it must hold {path}, and {line} where lines can be linked to"),
        ("https://example.com/{path}'", "it holds a character that no address may hold"),
    ],
)
def test_a_template_is_an_address_that_holds_the_path(template: str, fault: str | None) -> None:
    assert template_fault(template) == fault
