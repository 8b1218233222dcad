"""pydantic's own types, by the type of Python's that each narrows and what it is encoded as."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from infragraph.frontend.types.schema import TEXT, Schema
from infragraph.model.graph import Property


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowed:
    """A type by another's name; `schema` where it is not encoded as that one is."""

    base: str
    constraints: Mapping[str, Property] = field(default_factory=dict[str, Property])
    schema: Schema | None = None


def _number(base: str, **constraints: float) -> Narrowed:
    return Narrowed(base=base, constraints=constraints)


def _text(form: str, base: str = "") -> Narrowed:
    """A text of some format; a type of pydantic's own is nobody else's."""
    return Narrowed(base=base, schema={"type": "string", "format": form})


NARROWED: Mapping[str, Narrowed] = {
    "pydantic.PositiveInt": _number("int", gt=0),
    "pydantic.NegativeInt": _number("int", lt=0),
    "pydantic.NonNegativeInt": _number("int", ge=0),
    "pydantic.NonPositiveInt": _number("int", le=0),
    "pydantic.PositiveFloat": _number("float", gt=0),
    "pydantic.NegativeFloat": _number("float", lt=0),
    "pydantic.NonNegativeFloat": _number("float", ge=0),
    "pydantic.NonPositiveFloat": _number("float", le=0),
    "pydantic.FiniteFloat": Narrowed(base="float"),
    "pydantic.StrictInt": Narrowed(base="int"),
    "pydantic.StrictFloat": Narrowed(base="float"),
    "pydantic.StrictBool": Narrowed(base="bool"),
    "pydantic.StrictStr": Narrowed(base="str"),
    "pydantic.StrictBytes": Narrowed(base="bytes"),
    "pydantic.ByteSize": _number("int", ge=0),
    "pydantic.EmailStr": _text("email", "str"),
    "pydantic.NameEmail": _text("name-email"),
    "pydantic.SecretStr": _text("password"),
    "pydantic.SecretBytes": _text("password"),
    "pydantic.Base64Bytes": Narrowed(base="bytes", schema={"type": "string", "format": "base64"}),
    "pydantic.Base64UrlBytes": Narrowed(
        base="bytes", schema={"type": "string", "format": "base64url"}
    ),
    "pydantic.Base64Str": _text("base64", "str"),
    "pydantic.Base64UrlStr": _text("base64url", "str"),
    "pydantic.IPvAnyAddress": _text("ipvanyaddress"),
    "pydantic.IPvAnyInterface": _text("ipvanyinterface"),
    "pydantic.IPvAnyNetwork": _text("ipvanynetwork"),
    "pydantic.PastDate": Narrowed(base="datetime.date"),
    "pydantic.FutureDate": Narrowed(base="datetime.date"),
    "pydantic.PastDatetime": Narrowed(base="datetime.datetime"),
    "pydantic.FutureDatetime": Narrowed(base="datetime.datetime"),
    "pydantic.AwareDatetime": Narrowed(base="datetime.datetime"),
    "pydantic.NaiveDatetime": Narrowed(base="datetime.datetime"),
    "pydantic.FilePath": _text("file-path", "pathlib.Path"),
    "pydantic.DirectoryPath": _text("directory-path", "pathlib.Path"),
    "pydantic.NewPath": _text("path", "pathlib.Path"),
    "pydantic.SocketPath": _text("path", "pathlib.Path"),
    **{f"pydantic.UUID{version}": Narrowed(base="uuid.UUID") for version in range(1, 9)},
    **{
        f"pydantic.{name}": _text("uri")
        for name in (
            "AnyHttpUrl",
            "AnyUrl",
            "AnyWebsocketUrl",
            "FileUrl",
            "FtpUrl",
            "HttpUrl",
            "WebsocketUrl",
        )
    },
    **{
        f"pydantic.{name}Dsn": Narrowed(base="", schema=TEXT)
        for name in (
            "Amqp",
            "ClickHouse",
            "Cockroach",
            "Kafka",
            "MariaDB",
            "Mongo",
            "MySQL",
            "Nats",
            "Postgres",
            "Redis",
            "Snowflake",
        )
    },
}

CALLED: Mapping[str, str] = {
    "pydantic.conint": "int",
    "pydantic.confloat": "float",
    "pydantic.condecimal": "decimal.Decimal",
    "pydantic.constr": "str",
    "pydantic.conbytes": "bytes",
    "pydantic.condate": "datetime.date",
    "pydantic.conlist": "list",
    "pydantic.conset": "set",
    "pydantic.confrozenset": "frozenset",
}
"""Functions that give a narrowed type; those of containers take the type of their items."""
