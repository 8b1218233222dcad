"""Files of pages, and the way from one to another."""


def relative(place: str, path: str) -> str:
    """The way to a file from the page at a place; both are below the same folder."""
    return "../" * place.count("/") + path
