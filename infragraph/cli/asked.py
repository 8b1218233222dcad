"""What a command line asks for, as far as the warm exit has to know it."""

FORMATS = ("text", "json", "sarif", "github")

TARGET_NAMES = ("aws", "gcp", "nats", "nsq")

VALUED = frozenset({"--format", "--select", "--ignore", "--target", "--python", "--app"})
FLAGS = frozenset({"--strict"})

_ELSEWHERE = frozenset({"--jobs", "--cache-dir", "--output"})
"""Options with a value that does not show in the output."""

_ALONE = frozenset({"--timings", "--no-cache"})


class Asked:
    """The options that the output depends on, and those that it does not."""

    __slots__ = (
        "cache_dir",
        "form",
        "has_timings",
        "is_cached",
        "jobs",
        "options",
        "output",
        "path",
    )

    def __init__(self) -> None:
        self.path = "."
        self.options: list[str] = []
        self.form = "text"
        self.cache_dir: str | None = None
        self.output: str | None = None
        self.jobs: int | None = None
        self.has_timings = False
        self.is_cached = True

    @property
    def file(self) -> str | None:
        """The file to write to; None where that is standard output."""
        return None if self.output == "-" else self.output

    def values(self, name: str) -> tuple[str, ...]:
        """What an option is given, each time it is."""
        found: list[str] = []
        rest = iter(self.options)
        for option in rest:
            value = None if option in FLAGS else next(rest)
            if option == name and value is not None:
                found.append(value)
        return tuple(found)

    def last(self, name: str) -> str | None:
        return next(reversed(self.values(name)), None)


def asked(arguments: list[str]) -> Asked | None:
    """What `analyze` is asked for; None where it is a mistake, or more than files decide."""
    found = Asked()
    paths: list[str] = []
    rest = iter(arguments[1:])
    for argument in rest:
        name, has_value, value = argument.partition("=")
        if argument in _ALONE:
            _take_alone(argument, found)
        elif argument in FLAGS:
            found.options.append(argument)
        elif not argument.startswith("-"):
            paths.append(argument)
        elif name in VALUED or name in _ELSEWHERE:
            value = value if has_value else next(rest, "")
            if not _is_value(name, value):
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


def _is_value(name: str, value: str) -> bool:
    """Whether this is surely what the option is meant to be given."""
    if name == "--jobs":
        return is_count(value)
    return bool(value) and (value == "-" or not value.startswith("-"))


def _take_alone(name: str, found: Asked) -> None:
    if name == "--timings":
        found.has_timings = True
    else:
        found.is_cached = False


def _take(name: str, value: str, found: Asked) -> None:
    if name == "--cache-dir":
        found.cache_dir = value
    elif name == "--jobs":
        found.jobs = int(value)
    elif name == "--output":
        found.output = value
        # Which file it is shows nowhere in the output; that it is one does.
        found.options += (name, "-" if value == "-" else "FILE")
    else:
        found.options += (name, value)
        if name == "--format":
            found.form = value
