from infragraph.layout.plane import Point
from infragraph.layout.routes import route

LEFT = (Point(0, 0), Point(20, 10), Point(0, 20))
RIGHT = (Point(100, 0), Point(120, 0), Point(120, 20), Point(100, 20), Point(110, 10))


def straight(start: float, end: float) -> tuple[Point, ...]:
    third = (end - start) / 3
    return tuple(Point(start + third * step, 10) for step in range(4))


def test_a_line_goes_from_outline_to_outline_and_its_tip_is_on_the_second() -> None:
    found = route([straight(25, 100)], LEFT, RIGHT)

    assert found.line == "M20 10L25 10C50 10 75 10 100 10L105 10"
    assert found.head == "M110 10L102 13.6L102 6.4Z"
    assert (found.stretches[0][0], found.stretches[0][-1]) == (Point(20, 10), Point(110, 10))


def test_a_line_has_a_gap_for_its_words() -> None:
    found = route([straight(20, 40), straight(60, 110)], LEFT, RIGHT)

    assert found.line.count("M") == 2
    assert [(line[0].x, line[-1].x) for line in found.stretches] == [(20, 40), (60, 110)]
