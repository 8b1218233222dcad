"""What a command line asks for, as far as the warm exit has to know it."""

VALUED = frozenset({"--format", "--select", "--ignore", "--target", "--python", "--app"})
FLAGS = frozenset({"--strict"})


class Asked:
    """The options that the output depends on, and those that it does not."""

    __slots__ = ("cache_dir", "file", "form", "has_timings", "options", "path")

    def __init__(self) -> None:
        self.path = "."
        self.options: list[str] = []
        self.form = "text"
        self.cache_dir: str | None = None
        self.file: str | None = None
        self.has_timings = False


def asked(arguments: list[str]) -> Asked | None:
    """What `analyze` is asked for; None where it is a mistake, or more than files decide."""
    found = Asked()
    paths: list[str] = []
    rest = iter(arguments[1:])
    for argument in rest:
        name, has_value, value = argument.partition("=")
        if argument == "--timings":
            found.has_timings = True
        elif argument in FLAGS:
            found.options.append(argument)
        elif not argument.startswith("-"):
            paths.append(argument)
        elif name in VALUED or name in {"--jobs", "--cache-dir", "--output"}:
            value = value if has_value else next(rest, "")
            if not value or (name == "--jobs" and not is_count(value)):
                return None
            _take(name, value, found)
        else:
            return None
    if len(paths) > 1:
        return None
    found.path = paths[0] if paths else "."
    return found


def is_count(written: str) -> bool:
    return written.isascii() and written.isdigit() and int(written) > 0


def _take(name: str, value: str, found: Asked) -> None:
    if name == "--cache-dir":
        found.cache_dir = value
    elif name == "--output":
        # Which file it is shows nowhere in the output; that it is one does.
        found.file = None if value == "-" else value
        found.options += (name, "" if found.file else value)
    elif name != "--jobs":
        found.options += (name, value)
        if name == "--format":
            found.form = value
