"""The standard library's types, and how each is encoded."""

from collections.abc import Mapping

from infragraph.frontend.types.schema import TEXT, Schema
from infragraph.model.types import ContainerKind

KNOWN_LIBRARIES = frozenset(
    {"annotated_types", "attr", "attrs", "infragraph", "msgspec", "pydantic", "pydantic_settings"}
)
"""Libraries whose types have a meaning given here, also where their source is at hand."""


def canonical(path: str) -> str:  # noqa: PLR0911 - a line per library
    """The one name of what a library offers under several."""
    package, _, rest = path.partition(".")
    last = path.rpartition(".")[2]
    match package:
        case "builtins":
            return rest
        case "typing_extensions":
            return f"typing.{rest}"
        case "_collections_abc":
            return f"collections.abc.{rest}"
        case "pydantic" if rest.partition(".")[0] not in {"v1", "dataclasses", "deprecated"}:
            return f"pydantic.{last}"
        case "attr":
            return f"attrs.{ATTR_NAMES.get(last, last)}"
        case "msgspec" | "infragraph" | "attrs" | "annotated_types":
            return f"{package}.{last}" if rest else path
        case _:
            return path


ATTR_NAMES: Mapping[str, str] = {
    "s": "attrs",
    "attributes": "attrs",
    "ib": "field",
    "attrib": "field",
    "attr": "field",
}
"""The short and old names of `attr`, by what they are called here."""

SCALARS: Mapping[str, Schema] = {
    "str": TEXT,
    "int": {"type": "integer"},
    "float": {"type": "number"},
    "bool": {"type": "boolean"},
    "bytes": {"type": "string", "contentEncoding": "base64"},
    "bytearray": {"type": "string", "contentEncoding": "base64"},
    "memoryview": {"type": "string", "contentEncoding": "base64"},
    "decimal.Decimal": {"type": "string", "format": "decimal"},
    "uuid.UUID": {"type": "string", "format": "uuid"},
    "datetime.datetime": {"type": "string", "format": "date-time"},
    "datetime.date": {"type": "string", "format": "date"},
    "datetime.time": {"type": "string", "format": "time"},
    "datetime.timedelta": {"type": "string", "format": "duration"},
    "pathlib.Path": {"type": "string", "format": "path"},
    "pathlib.PurePath": {"type": "string", "format": "path"},
    "pathlib.PosixPath": {"type": "string", "format": "path"},
    "pathlib.PurePosixPath": {"type": "string", "format": "path"},
    "pathlib.WindowsPath": {"type": "string", "format": "path"},
    "pathlib.PureWindowsPath": {"type": "string", "format": "path"},
    "ipaddress.IPv4Address": {"type": "string", "format": "ipv4"},
    "ipaddress.IPv6Address": {"type": "string", "format": "ipv6"},
    "ipaddress.IPv4Network": {"type": "string", "format": "ipv4network"},
    "ipaddress.IPv6Network": {"type": "string", "format": "ipv6network"},
    "ipaddress.IPv4Interface": {"type": "string", "format": "ipv4interface"},
    "ipaddress.IPv6Interface": {"type": "string", "format": "ipv6interface"},
    "typing.Text": TEXT,
    "typing.LiteralString": TEXT,
}
"""What is one JSON value; the codec helps msgspec with paths and addresses."""

ANYTHING = frozenset({"typing.Any", "object", "typing.AnyStr"})

CONTAINERS: Mapping[str, ContainerKind] = {
    "list": "list",
    "typing.List": "list",
    "collections.deque": "sequence",
    "typing.Deque": "sequence",
    "collections.abc.Sequence": "sequence",
    "typing.Sequence": "sequence",
    "collections.abc.MutableSequence": "sequence",
    "typing.MutableSequence": "sequence",
    "collections.abc.Collection": "sequence",
    "typing.Collection": "sequence",
    "collections.abc.Iterable": "sequence",
    "typing.Iterable": "sequence",
    "set": "set",
    "typing.Set": "set",
    "collections.abc.Set": "sequence",
    "typing.AbstractSet": "sequence",
    "collections.abc.MutableSet": "sequence",
    "typing.MutableSet": "sequence",
    "frozenset": "frozenset",
    "typing.FrozenSet": "frozenset",
    "dict": "dict",
    "typing.Dict": "dict",
    "collections.OrderedDict": "dict",
    "typing.OrderedDict": "dict",
    "collections.defaultdict": "dict",
    "typing.DefaultDict": "dict",
    "collections.Counter": "dict",
    "typing.Counter": "dict",
    "collections.abc.Mapping": "mapping",
    "typing.Mapping": "mapping",
    "collections.abc.MutableMapping": "mapping",
    "typing.MutableMapping": "mapping",
}

SETS = frozenset(
    {
        "set",
        "typing.Set",
        "frozenset",
        "typing.FrozenSet",
        "collections.abc.Set",
        "typing.AbstractSet",
        "collections.abc.MutableSet",
        "typing.MutableSet",
    }
)

COUNTERS = frozenset({"collections.Counter", "typing.Counter"})

TUPLES = frozenset({"tuple", "typing.Tuple"})

CALLABLES = frozenset({"collections.abc.Callable", "typing.Callable", "callable"})

GENERATORS = frozenset(
    {
        f"{package}.{name}"
        for package in ("collections.abc", "typing")
        for name in (
            "AsyncGenerator",
            "AsyncIterable",
            "AsyncIterator",
            "Awaitable",
            "Coroutine",
            "Generator",
            "Iterator",
        )
    }
)

WITH_STAR: Mapping[str, str] = {
    "typing": "Annotated Any Callable ClassVar Final Generic Iterator Literal NamedTuple NewType"
    " NotRequired Optional ParamSpec Protocol ReadOnly Required Self Tuple TypeAliasType TypeVar"
    " TypedDict Union dataclass_transform",
    "dataclasses": "InitVar KW_ONLY dataclass field make_dataclass",
    "enum": "Enum Flag IntEnum IntFlag StrEnum auto member nonmember",
    "collections": "namedtuple",
    "attrs": "Factory define field frozen make_class mutable",
    "msgspec": "Meta Raw Struct UNSET UnsetType field",
    "pydantic": "AliasGenerator AnyUrl BaseModel ConfigDict EmailStr Field HttpUrl Json PositiveInt"
    " RootModel SecretStr computed_field conint conlist constr create_model field_serializer"
    " model_serializer",
}

OFFERED = frozenset(
    {
        *(name for name in (*SCALARS, *CONTAINERS) if "." in name),
        *(f"{package}.{name}" for package, names in WITH_STAR.items() for name in names.split()),
    }
)
"""What `from library import *` is known to give."""

STANDARD_MODULES = frozenset(
    [
        "__future__",
        "_collections_abc",
        "_thread",
        "abc",
        "aifc",
        "argparse",
        "array",
        "ast",
        "asyncio",
        "atexit",
        "base64",
        "bdb",
        "binascii",
        "bisect",
        "builtins",
        "bz2",
        "calendar",
        "cmath",
        "cmd",
        "code",
        "codecs",
        "codeop",
        "collections",
        "colorsys",
        "compileall",
        "concurrent",
        "configparser",
        "contextlib",
        "contextvars",
        "copy",
        "copyreg",
        "csv",
        "ctypes",
        "curses",
        "dataclasses",
        "datetime",
        "dbm",
        "decimal",
        "difflib",
        "dis",
        "doctest",
        "email",
        "encodings",
        "ensurepip",
        "enum",
        "errno",
        "faulthandler",
        "fcntl",
        "filecmp",
        "fileinput",
        "fnmatch",
        "fractions",
        "ftplib",
        "functools",
        "gc",
        "genericpath",
        "getopt",
        "getpass",
        "gettext",
        "glob",
        "graphlib",
        "grp",
        "gzip",
        "hashlib",
        "heapq",
        "hmac",
        "html",
        "http",
        "imaplib",
        "imp",
        "importlib",
        "inspect",
        "io",
        "ipaddress",
        "itertools",
        "json",
        "keyword",
        "linecache",
        "locale",
        "logging",
        "lzma",
        "mailbox",
        "marshal",
        "math",
        "mimetypes",
        "mmap",
        "modulefinder",
        "multiprocessing",
        "netrc",
        "numbers",
        "operator",
        "optparse",
        "os",
        "pathlib",
        "pdb",
        "pickle",
        "pickletools",
        "pkgutil",
        "platform",
        "plistlib",
        "poplib",
        "posix",
        "posixpath",
        "pprint",
        "profile",
        "pstats",
        "pty",
        "pwd",
        "py_compile",
        "pyclbr",
        "pydoc",
        "queue",
        "quopri",
        "random",
        "re",
        "readline",
        "reprlib",
        "resource",
        "runpy",
        "sched",
        "secrets",
        "select",
        "selectors",
        "shelve",
        "shlex",
        "shutil",
        "signal",
        "site",
        "smtplib",
        "socket",
        "socketserver",
        "sqlite3",
        "ssl",
        "stat",
        "statistics",
        "string",
        "stringprep",
        "struct",
        "subprocess",
        "symtable",
        "sys",
        "sysconfig",
        "syslog",
        "tarfile",
        "tempfile",
        "termios",
        "textwrap",
        "threading",
        "time",
        "timeit",
        "tkinter",
        "token",
        "tokenize",
        "tomllib",
        "trace",
        "traceback",
        "tracemalloc",
        "tty",
        "turtle",
        "types",
        "typing",
        "typing_extensions",
        "unicodedata",
        "unittest",
        "urllib",
        "uuid",
        "venv",
        "warnings",
        "wave",
        "weakref",
        "webbrowser",
        "winreg",
        "wsgiref",
        "xml",
        "xmlrpc",
        "zipapp",
        "zipfile",
        "zipimport",
        "zlib",
        "zoneinfo",
    ]
)
"""A fixed list, so that results do not depend on the Python that runs the tool."""
