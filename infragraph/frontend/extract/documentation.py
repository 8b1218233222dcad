"""Docstrings without the indentation of the code around them."""


def cleaned(doc: str) -> str:
    """The text of a docstring as `inspect.cleandoc` has it, in the same way on every Python."""
    lines = doc.expandtabs().split("\n")
    margin = min(
        (len(line) - len(line.lstrip(" ")) for line in lines[1:] if line.strip(" ")), default=0
    )
    kept = [lines[0].lstrip(" "), *(line[margin:] for line in lines[1:])]
    written = [number for number, line in enumerate(kept) if line]
    return "\n".join(kept[written[0] : written[-1] + 1]) if written else ""
