import pytest

from infragraph.layout.plane import Box, Point, crosses, flattened

BOX = Box(left=10, top=10, width=20, height=10)


@pytest.mark.parametrize(
    "line",
    [
        [Point(0, 15), Point(40, 15)],
        [Point(0, 0), Point(40, 30)],
        [Point(12, 12), Point(13, 13)],
    ],
)
def test_a_line_crosses_a_box_where_a_part_of_it_is_within(line: list[Point]) -> None:
    assert crosses(line, BOX)


@pytest.mark.parametrize(
    "line",
    [
        [Point(0, 5), Point(40, 5)],
        [Point(0, 10), Point(40, 10)],
        [Point(0, 20), Point(5, 40), Point(40, 40)],
        [Point(0, 30), Point(12, 22), Point(40, 21)],
    ],
)
def test_a_line_beside_a_box_or_along_its_edge_does_not_cross_it(line: list[Point]) -> None:
    assert not crosses(line, BOX)


def test_boxes_that_touch_do_not_overlap() -> None:
    assert not BOX.overlaps(BOX.moved(Point(20, 0)))
    assert BOX.overlaps(BOX.moved(Point(19, 0)))


def test_a_curve_is_flattened_from_end_to_end() -> None:
    curve = (Point(0, 0), Point(0, 10), Point(10, 20), Point(20, 20))

    points = list(flattened(curve, steps=2))

    assert points == [Point(0, 0), Point(6.25, 13.75), Point(20, 20)]
