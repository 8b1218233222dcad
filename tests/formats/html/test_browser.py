"""What people do with the page, done by a browser that opens it from disk."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from infragraph.diagnostics.diagnostic import Diagnostic, Severity
from infragraph.usecases.diagram import Wanted, draw
from infragraph.views.scene import Scene
from tests.formats.html.conftest import Opened
from tests.formats.pictures import scene_of
from tests.layout.graphviz import lay_out

pytestmark = pytest.mark.slow

_EDGES = """(name) => {
  const { left, top, right, bottom } = document.querySelector(name).getBoundingClientRect();
  return [left, top, right, bottom];
}"""

Opening = Callable[..., Opened]


@pytest.fixture(scope="module")
def scene(root: Path) -> Scene:
    return scene_of(root / "fixtures/shop")


@pytest.fixture(scope="module")
def text(scene: Scene) -> str:
    """With a finding at a topic, and with links."""
    span = next(node.span for node in scene.graph.nodes if node.id == "topic:orders-placed")
    finding = Diagnostic(
        code="IG3101",
        slug="dead-topic",
        severity=Severity.WARNING,
        message="nobody reads <b>it</b>",
        span=span,
        help="read it",
    )
    wanted = Wanted(
        form="html", view="system", depth=1, source_url="https://example.com/{path}#L{line}"
    )
    drawn = draw(scene, (finding,), wanted, lay_out)
    assert isinstance(drawn, str)
    return drawn


@pytest.fixture
def shop(opened: Opening, text: str) -> Iterator[Page]:
    """The page of a shop, which must have behaved when the test is over."""
    found = opened(text)
    yield found.page
    assert found.wrongs() == []


def shapes(page: Page, condition: str = "") -> set[str]:
    """The names of all shapes that a selector fits."""
    names: list[str] = page.locator(f".shape{condition} .name").all_text_contents()
    return set(names)


def test_services_are_collapsed_at_first_and_the_panel_explains(shop: Page) -> None:
    assert shapes(shop) == {
        "accounts", "catalog", "emails", "orders", "payments", "reports", "shared", "shipping",
    }  # fmt: skip
    expect(shop.locator("#panel h2")).to_have_text("Choose a shape to see all of it")
    assert shop.title() == "shop: the system"


def test_the_legend_is_that_of_what_is_drawn(shop: Page) -> None:
    rows = shop.locator("#panel h3", has_text="Legend").locator("+ ul > li")
    collapsed = rows.all_text_contents()
    shop.locator(".shape", has_text="shipping").dblclick()
    shop.keyboard.press("Escape")

    assert collapsed == [
        "service",
        "owned by no service",
        "acts on, or delivers to",
        "collapsed: a service with all that it owns",
    ]
    assert "subscription" in rows.all_text_contents()
    expect(rows.first.locator("svg.is-service .outline")).to_have_count(1)
    expect(shop.locator("#kinds [data-kind=topic] svg.is-topic .outline")).to_have_count(1)


def test_every_finding_is_told_before_anything_is_chosen(shop: Page) -> None:
    told = shop.locator("#panel h3", has_text="Diagnostics").locator("+ ul > li")

    assert told.all_text_contents() == [
        "warning IG3101: nobody reads <b>it</b>read itshop/orders/events.py:32"
    ]


def test_of_many_findings_the_worst_are_told_and_the_rest_is_counted(
    opened: Opening, scene: Scene
) -> None:
    span = scene.graph.nodes[0].span
    found = tuple(
        Diagnostic(
            code="IG3101",
            slug="dead-topic",
            severity=severity,
            message=f"finding {number}",
            span=span,
        )
        for number, severity in enumerate((*[Severity.WARNING] * 120, Severity.ERROR))
    )
    wanted = Wanted(form="html", view="events", depth=1, source_url=None)
    drawn = draw(scene, found, wanted, lay_out)
    assert isinstance(drawn, str)

    panel = opened(drawn).page.locator("#panel")

    told = panel.locator("h3", has_text="Diagnostics").locator("+ ul > li")
    expect(told).to_have_count(100)
    expect(told.first).to_contain_text("error IG3101: finding 120")
    expect(panel.locator("> p").last).to_have_text("and 21 more, which 'infragraph analyze' lists")


def test_search_finds_opens_and_shows(shop: Page) -> None:
    shop.keyboard.press("/")
    expect(shop.locator("#search")).to_be_focused()
    shop.keyboard.type("pack")
    expect(shop.locator("#results li").first).to_have_text("pack subscription, shipping")

    shop.keyboard.press("Enter")

    expect(shop.locator("#panel h2")).to_have_text("pack")
    expect(shop.locator(".shape.chosen .name")).to_have_text("pack")
    expect(shop.locator(".shape.chosen")).to_be_focused()
    expect(shop.locator("#results")).to_be_hidden()


def test_a_search_for_nothing_that_is_there_says_so(shop: Page) -> None:
    shop.locator("#search").fill("no such thing")

    expect(shop.locator("#results")).to_have_text("nothing is called so")
    shop.keyboard.press("Escape")
    expect(shop.locator("#search")).to_have_value("")


def test_results_are_chosen_among_with_the_arrow_keys(shop: Page) -> None:
    shop.locator("#search").fill("mark")
    selected = shop.locator("#results li[aria-selected=true]")
    expect(selected).to_have_text("mark_paid endpoint, orders")

    shop.keyboard.press("ArrowDown")

    expect(selected).to_have_text("mark-paid subscription, orders")
    shop.keyboard.press("Enter")
    expect(shop.locator("#panel .aside").first).to_have_text("subscription")


def test_what_is_filtered_out_fades(shop: Page) -> None:
    shop.locator("#service").select_option("orders")
    assert shapes(shop, ":not(.off)") == {"orders"}

    shop.locator("#service").select_option("")
    shop.locator("#team").select_option("team-customers")
    assert shapes(shop, ":not(.off)") == {"accounts", "emails"}

    shop.locator("#reset").click()
    assert shapes(shop, ".off") == set()


def test_kinds_are_filtered_in_services_and_among_them(shop: Page) -> None:
    for kind in ("topic", "database", "bucket", "secret", "endpoint", "cron"):
        shop.locator(f"#kinds [data-kind={kind}]").click()

    # What has a subscription is left.
    assert shapes(shop, ":not(.off)") == {"emails", "orders", "payments", "reports", "shipping"}
    expect(shop.locator("#kinds [data-kind=topic]")).to_have_attribute("aria-pressed", "false")


def test_pointing_at_a_shape_shows_all_up_and_down_the_flow(shop: Page) -> None:
    shop.locator(".shape", has_text="shipping").hover()
    expect(shop.locator("#canvas.tracing")).to_have_count(1)
    assert "catalog" not in shapes(shop, ".on")
    assert {"orders", "shipping", "reports"} <= shapes(shop, ".on")

    shop.mouse.move(5, 500)

    expect(shop.locator("#canvas.tracing")).to_have_count(0)


def test_a_chosen_node_keeps_its_flow_lit(shop: Page, scene: Scene) -> None:
    shop.goto(f"{shop.url}#node=topic%3Aorders-placed")

    expect(shop.locator("#canvas.tracing")).to_have_count(1)
    assert shapes(shop, ".on") == {"place", "orders-placed", "emails", "payments", "accounts"}
    assert shop.locator(".arrow.on").count() < shop.locator(".arrow").count()
    assert "place" in {node.name for node in scene.graph.nodes}


def test_the_panel_tells_options_payload_evidence_and_findings(shop: Page) -> None:
    shop.goto(f"{shop.url}#node=topic%3Aorders-placed")
    panel = shop.locator("#panel")

    expect(panel).to_contain_text("of orders, owner team-checkout")
    expect(panel.locator("dl")).to_contain_text("at-least-once")
    expect(panel.locator("dl")).to_contain_text("7 days")
    expect(panel).to_contain_text("shop.orders.events.OrderPlaced")
    expect(panel).to_contain_text('"type": "object"')
    expect(panel).to_contain_text("via shop.orders.placing.place → shop.orders.placing._store")
    expect(panel).to_contain_text("warning IG3101: nobody reads <b>it</b>")
    assert panel.locator("b").count() == 0
    address = panel.locator("a").first.get_attribute("href") or ""
    assert address == "https://example.com/shop/orders/events.py#L32"


def test_from_the_panel_one_goes_to_what_is_connected_and_back(shop: Page) -> None:
    shop.goto(f"{shop.url}#node=topic%3Aorders-placed")
    shop.locator("#panel [data-to='subscription:orders-placed/request-payment']").click()
    expect(shop.locator("#panel h2")).to_have_text("request-payment")

    shop.go_back()

    expect(shop.locator("#panel h2")).to_have_text("orders-placed")


@pytest.mark.parametrize(
    ("at", "heading", "is_open"),
    [
        ("#node=topic%3Aorders-placed", "orders-placed", True),
        ("#node=service%3Aorders", "orders", False),
        ("#open=group%3Aorders", "Choose a shape to see all of it", True),
        ("#node=no%20such", "Choose a shape to see all of it", False),
        ("#open=__proto__", "Choose a shape to see all of it", False),
    ],
)
def test_an_address_leads_to_a_node(
    opened: Opening,
    text: str,
    at: str,
    heading: str,
    is_open: bool,  # noqa: FBT001
) -> None:
    found = opened(text, at)

    expect(found.page.locator("#panel h2").first).to_have_text(heading)
    assert ("orders-placed" in shapes(found.page)) is is_open
    assert found.wrongs() == []


def test_a_service_is_opened_and_closed(shop: Page) -> None:
    shop.locator(".shape", has_text="shipping").dblclick()
    assert "pack" in shapes(shop)
    assert "shipping" not in shapes(shop, ".is-service")

    shop.locator("#close").click()

    assert "shipping" in shapes(shop, ".is-service")
    shop.locator(".shape", has_text="shipping").click()
    shop.locator("#panel .open").click()
    assert "pack" in shapes(shop)


def test_all_can_be_done_with_the_keyboard(shop: Page) -> None:
    shop.locator("#team").focus()
    shop.keyboard.press("Tab")
    expect(shop.locator(".shape:focus .name")).to_have_text("accounts")

    shop.keyboard.press("ArrowRight")
    focused = shop.locator(".shape:focus .name").text_content()
    assert focused not in {None, "accounts"}
    shop.keyboard.press("Enter")
    expect(shop.locator("#panel h2")).to_have_text(focused or "")
    width = "getComputedStyle(document.activeElement.querySelector('.outline')).strokeWidth"
    assert shop.evaluate(width) == "3.6px"

    shop.keyboard.press("Enter")
    expect(shop.locator("#close")).to_be_visible()
    shop.keyboard.press("Escape")
    expect(shop.locator("#canvas.tracing")).to_have_count(0)
    shop.keyboard.press("Escape")
    expect(shop.locator("#close")).to_be_hidden()


def test_the_picture_is_moved_and_zoomed(shop: Page) -> None:
    def sight() -> str | None:
        return shop.locator("#view").get_attribute("transform")

    seen = [sight()]
    shop.mouse.move(400, 300)
    shop.mouse.wheel(0, -300)
    expect(shop.locator("#view")).not_to_have_attribute("transform", seen[-1] or "")
    seen.append(sight())
    shop.mouse.down()
    shop.mouse.move(450, 350, steps=3)
    shop.mouse.up()
    seen.append(sight())
    shop.locator("#farther").click()
    seen.append(sight())
    shop.keyboard.press("+")
    seen.append(sight())
    shop.locator("#fit").click()

    assert len(set(seen)) == 5
    assert sight() == seen[0]


def test_two_fingers_zoom(shop: Page) -> None:
    before = shop.locator("#view").get_attribute("transform") or ""

    shop.evaluate(
        """() => {
          const send = (type, pointerId, clientX) => document.getElementById("canvas")
            .dispatchEvent(new PointerEvent(type, {
              pointerId, clientX, clientY: 400, bubbles: true, pointerType: "touch" }));
          send("pointerdown", 1, 300); send("pointerdown", 2, 400);
          send("pointermove", 2, 500); send("pointerup", 1, 300); send("pointerup", 2, 500);
        }"""
    )

    after = shop.locator("#view").get_attribute("transform") or ""
    assert scale(after) == pytest.approx(2 * scale(before))


def scale(transform: str) -> float:
    return float(transform.rpartition("scale(")[2].rstrip(")"))


def test_a_print_shows_picture_and_panel_without_what_is_for_the_hand(shop: Page) -> None:
    shop.goto(f"{shop.url}#node=topic%3Aorders-placed")
    shop.emulate_media(media="print")

    expect(shop.locator("#panel h2")).to_be_visible()
    expect(shop.locator("#canvas")).to_be_visible()
    for name in ("#search", "#kinds", "#zoom", "#close"):
        expect(shop.locator(name)).to_be_hidden()


def test_a_print_holds_the_whole_picture_and_afterwards_all_is_as_before(shop: Page) -> None:
    before = shop.locator("#view").get_attribute("transform") or ""
    shop.set_viewport_size({"width": 700, "height": 900})
    shop.emulate_media(media="print")

    shop.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    paper = shop.evaluate(_EDGES, "#canvas")
    picture = shop.evaluate(_EDGES, "#view")
    shop.evaluate("window.dispatchEvent(new Event('afterprint'))")

    assert paper[0] <= picture[0] < picture[2] <= paper[2]
    assert paper[1] <= picture[1] < picture[3] <= paper[3]
    shop.emulate_media(media="screen")
    shop.set_viewport_size({"width": 1400, "height": 900})
    expect(shop.locator("#view")).to_have_attribute("transform", before)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_follow_the_system(shop: Page, scheme: str) -> None:
    shop.emulate_media(color_scheme="dark" if scheme == "dark" else "light")

    colour = shop.evaluate("getComputedStyle(document.body).backgroundColor")
    assert colour == {"light": "rgb(255, 255, 255)", "dark": "rgb(15, 20, 26)"}[scheme]


def test_nothing_moves_by_itself_where_less_motion_is_wanted(shop: Page) -> None:
    moving = """[...document.querySelectorAll("*")].filter((it) => {
      const style = getComputedStyle(it);
      return style.transitionDuration !== "0s" || style.animationName !== "none";
    }).length"""
    shop.emulate_media(reduced_motion="reduce")

    assert shop.evaluate(moving) == 0


def test_other_views_are_pages_too(opened: Opening, scene: Scene) -> None:
    for view in ("events", "data", "topic:orders-placed"):
        wanted = Wanted(form="html", view=view, depth=1, source_url=None)
        drawn = draw(replace(scene, owners={}), (), wanted, lay_out)
        assert isinstance(drawn, str)
        found = opened(drawn)
        found.page.locator(".shape").first.click()

        expect(found.page.locator(".shape.chosen")).to_have_count(1)
        assert found.wrongs() == []
