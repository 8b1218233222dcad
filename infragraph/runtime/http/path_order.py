"""Which of two paths is tried first where a request fits both."""


def specific_first(path: str) -> tuple[object, ...]:
    """A key that sorts constant segments before parameters, and those before the rest of a path."""
    kinds = tuple(_segment(segment) for segment in path.strip("/").split("/"))
    return kinds, path


def _segment(segment: str) -> int:
    if segment.startswith("{"):
        return 2 if segment.endswith(":path}") else 1
    return 0
