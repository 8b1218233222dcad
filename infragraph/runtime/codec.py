"""Payloads as JSON and back: msgspec for everything but pydantic's models, which do it themselves.

Both are imported when the first payload is encoded, never when a topic is declared.
"""

import json
import math
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, cast, get_args, get_origin, is_typeddict

from infragraph.runtime.payload_defaults import completing
from infragraph.runtime.payload_types import is_pydantic, members, type_name


class EncodeError(ValueError):
    """A value has a number that JSON has not; the text says where, as `$.prices[2]`."""


class DecodeError(ValueError):
    """A body is not what its type says; `field` is where, as `$.address.zip`."""

    def __init__(self, reason: str, *, field: str = "$") -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Codec:
    """Encodes and decodes one type; `types` are the names by which a union's members are known."""

    encode: Callable[[Any], bytes]
    decode: Callable[[bytes, str], Any]
    type_of: Callable[[Any], str]


@cache
def codec(payload: Any) -> Codec:
    """The codec of a payload type, which may be anything that the analyzer takes for one.

    Raises:
        TypeError: no codec can carry it, such as a union inside it whose members look alike.
    """
    alternatives = members(payload)
    if len(alternatives) > 1:
        return _union(payload, alternatives)
    encode, decode = _plain(payload)
    name = type_name(payload)
    return Codec(encode=encode, decode=lambda body, _type: decode(body), type_of=lambda _it: name)


def _union(payload: Any, alternatives: tuple[Any, ...]) -> Codec:
    """A member is named by the metadata's `type`, and decoded by it."""
    plain = {type_name(one): _plain(one) for one in alternatives}
    by_class = {_class(one): type_name(one) for one in alternatives}
    if len(by_class) < len(alternatives):
        message = f"the members of {payload} cannot be told apart at run time"
        raise TypeError(message)

    def name(value: Any) -> str:
        for kind in type(value).__mro__:
            if kind in by_class:
                return by_class[kind]
        message = f"{type(value).__qualname__} is no member of {payload}"
        raise TypeError(message)

    def decode(body: bytes, type_: str) -> Any:
        if type_ in plain:
            return plain[type_][1](body)
        return _first(body, [one for _, one in plain.values()], type_)

    return Codec(encode=lambda it: plain[name(it)][0](it), decode=decode, type_of=name)


def _class(member: Any) -> type:
    """What `type(value)` gives for a member's values."""
    found = dict if is_typeddict(member) else get_origin(member) or member
    return type(None) if found is None else found


def _first(body: bytes, decoders: list[Callable[[bytes], Any]], type_: str) -> Any:
    """A foreign publisher names no member: the only one that fits is meant."""
    fitting: list[Any] = []
    for decode in decoders:
        try:
            fitting.append(decode(body))
        except DecodeError:
            continue
    if len(fitting) == 1:
        return fitting[0]
    known = "its type is not named" if not type_ else f"its type {type_!r} is not known"
    message = f"{known}, and {len(fitting)} members of the union fit"
    raise DecodeError(message)


def _plain(payload: Any) -> tuple[Callable[[Any], bytes], Callable[[bytes], Any]]:
    if is_pydantic(payload):
        return _pydantic(payload)
    try:
        return _msgspec(payload)
    except TypeError as error:
        # Unions within a payload whose members look alike, enums of texts and numbers.
        return _adapted(payload, error)


def _adapted(
    payload: Any, reason: TypeError
) -> tuple[Callable[[Any], bytes], Callable[[bytes], Any]]:
    """By pydantic, where the application has it, what msgspec cannot carry."""
    try:
        import pydantic  # noqa: PLC0415 - when it is needed

        adapter = pydantic.TypeAdapter[Any](payload)
    except Exception as error:
        message = f"{type_name(payload)} cannot be carried: {reason}"
        raise TypeError(message) from error
    return _finite(adapter.dump_json, adapter.dump_python), _decoder(adapter.validate_json)


def _pydantic(model: Any) -> tuple[Callable[[Any], bytes], Callable[[bytes], Any]]:
    def encode(value: Any) -> bytes:
        text: str = value.model_dump_json(by_alias=True)
        return text.encode()

    decode = _decoder(model.model_validate_json)
    if model.model_config.get("ser_json_inf_nan") == "strings":
        # Its own way to write them, which it reads as well.
        return encode, decode
    return _finite(encode, lambda it: it.model_dump(by_alias=True)), decode


def _decoder(validate: Callable[[bytes], Any]) -> Callable[[bytes], Any]:
    import pydantic  # noqa: PLC0415 - at the first model, not at start

    def decode(body: bytes) -> Any:
        try:
            return validate(body)
        except pydantic.ValidationError as error:
            first = error.errors(include_url=False)[0]
            place = "".join(f"[{it}]" if isinstance(it, int) else f".{it}" for it in first["loc"])
            raise DecodeError(first["msg"], field=f"${place}") from error

    return decode


def _msgspec(payload: Any) -> tuple[Callable[[Any], bytes], Callable[[bytes], Any]]:
    import msgspec  # noqa: PLC0415 - at the first payload, not at start

    encoder = msgspec.json.Encoder(enc_hook=_encode_foreign)
    decoder: Any = msgspec.json.Decoder(payload, dec_hook=_decode_foreign)
    complete = completing(payload)

    def decode(body: bytes) -> Any:
        try:
            value = decoder.decode(body)
        except msgspec.DecodeError as error:
            reason, _, place = str(error).partition(" - at `")
            raise DecodeError(reason, field=place.rstrip("`") or "$") from error
        except UnicodeDecodeError as error:
            message = "it is not UTF-8"
            raise DecodeError(message) from error
        if complete is not None:
            complete(value)
        return value

    def plain(value: Any) -> Any:
        return msgspec.to_builtins(value, enc_hook=_encode_foreign)

    return _finite(encoder.encode, plain), decode


def _finite(encode: Callable[[Any], bytes], plain: Callable[[Any], Any]) -> Callable[[Any], bytes]:
    """What encodes, but for infinities and what is no number: JSON has neither, and null is less.

    `plain` gives a value as containers and scalars. Libraries write null for such a number, or its
    name, so that a value is looked through where its text has one of these alone.

    Raises:
        EncodeError: there is one.
    """

    def encoded(value: Any) -> bytes:
        body = encode(value)
        if b"null" in body or b"NaN" in body or b"Infinity" in body:
            found = _no_number(plain(value), "$")
            if found is not None:
                raise EncodeError(found)
        return body

    return encoded


def _no_number(value: Any, place: str) -> str | None:
    """The first of them, with where it is."""
    if isinstance(value, float):
        return None if math.isfinite(value) else f"{place}: {value} cannot be written as JSON"
    below: Iterable[tuple[Any, str]] = ()
    if isinstance(value, Mapping):
        entries = cast("Mapping[str, Any]", value)
        below = ((it, f"{place}.{name}") for name, it in entries.items())
    elif isinstance(value, (list, tuple, set, frozenset)):
        items = cast("Collection[Any]", value)
        below = ((it, f"{place}[{number}]") for number, it in enumerate(items))
    return next((found for it, at in below if (found := _no_number(it, at)) is not None), None)


def _encode_foreign(value: Any) -> Any:
    """A pydantic model within another payload."""
    if is_pydantic(type(value)):
        return json.loads(_pydantic(type(value))[0](value))
    message = f"{type(value).__qualname__} cannot be written as JSON"
    raise NotImplementedError(message)


def _decode_foreign(wanted: Any, value: Any) -> Any:
    if is_pydantic(wanted):
        return wanted.model_validate(value)
    if get_args(wanted):
        message = f"{wanted} cannot be read from JSON"
    else:
        message = f"{getattr(wanted, '__qualname__', wanted)} cannot be read from JSON"
    raise NotImplementedError(message)
