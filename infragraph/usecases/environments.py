"""The environment that a command is about, as `infragraph.yaml` describes it.

name ──exact, else longest pattern──▶ its settings ──read──▶ Environment
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from infragraph.diagnostics.words import nearest
from infragraph.model.environment import Collector, Environment, Grant, Layout, Size
from infragraph.workspace.configuration import Setting

NEEDED: Mapping[str, tuple[str, ...]] = {
    "aws": ("region", "account"),
    "gcp": ("region", "project", "project_number"),
}
"""What an environment has to say beside its target."""

PATTERN = "*"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoEnvironment:
    """Why no environment is meant by a name."""

    reason: str


def key_of(name: str, known: Iterable[str]) -> str | None:
    """What describes the environment: its own name, else the longest pattern that it fits."""
    fitting = [key for key in known if key == name or _is_pattern_of(key, name)]
    return max(fitting, key=lambda key: (key == name, len(key)), default=None)


def chosen_key(
    name: str | None, settings: Mapping[str, Setting], target: str | None
) -> str | NoEnvironment:
    """The key of the environment called `name`, one of `target`'s unless any will do."""
    known = [key for key, one in sorted(settings.items()) if target in {None, target_of(one)}]
    listed = f"; {_listed(known, target)}"
    if name is None:
        return NoEnvironment(reason=f"an environment has to be named with --env{listed}")
    key = key_of(name, settings)
    if key is None:
        near = nearest(name, known)
        hint = f"; did you mean '{near}'?" if near else listed
        return NoEnvironment(reason=f"infragraph.yaml has no environment {name!r}{hint}")
    other = target_of(settings[key])
    if target is not None and other != target:
        if other is None:
            return NoEnvironment(reason=f"the environment {name!r} has no 'target' yet")
        return NoEnvironment(
            reason=f"the environment {name!r} lies on {other}, and not on {target}{listed}"
        )
    fault = _fault(name)
    return key if fault is None else NoEnvironment(reason=fault)


def read(name: str, key: str, settings: Setting) -> Environment:
    """What the settings below `key` say of the environment called `name`.

    They are complete and have their forms, which the checks of a configuration have seen to.
    """
    is_pattern = key.endswith(PATTERN)
    observed = _entries(settings, "observability")
    domain = _text(settings, "domain")
    number, account = _text(settings, "project_number"), _text(settings, "account")
    return Environment(
        name=name,
        target=_text(settings, "target") or "",
        region=_text(settings, "region") or "",
        account=None if account is None else _account(account),
        project=_text(settings, "project"),
        project_number=number,
        # What a pattern serves comes and goes.
        size=Size(_text(settings, "class") or ("preview" if is_pattern else "production")),
        layout=Layout(_text(settings, "layout") or "single"),
        # Two environments have no host name in common.
        domain=f"{name}.{domain}" if is_pattern and domain is not None else domain,
        image_platform=_text(settings, "image_platform") or _platform(settings),
        collector=_collector(observed.get("otlp")),
        alarms_to=_text(observed, "alarms_to"),
        isolated_crons=frozenset(
            cron
            for cron, one in _entries(settings, "cron").items()
            if isinstance(one, Mapping) and one.get("isolated") is True
        ),
        tags={tag: _written(value) for tag, value in sorted(_entries(settings, "tags").items())},
        network=_text(settings, "network"),
        cluster=_text(settings, "cluster"),
        listener=_text(settings, "listener"),
        kms_key=_text(settings, "kms_key"),
        bindings={
            node: str(address) for node, address in sorted(_entries(settings, "bindings").items())
        },
        subscribers={
            topic: tuple(_account(str(one)) for one in _items(given))
            for topic, given in sorted(_entries(settings, "subscribers").items())
        },
        grants={
            service: tuple(_grant(one) for one in _items(given))
            for service, given in sorted(_entries(settings, "grants").items())
        },
    )


def target_of(settings: Setting) -> str | None:
    return _text(settings, "target")


def overrides_of(settings: Setting) -> str | None:
    """The file of patches, relative to the configuration."""
    return _text(settings, "overrides")


def bindings_of(settings: Setting) -> Mapping[str, str]:
    return {node: str(address) for node, address in _entries(settings, "bindings").items()}


def crons_of(settings: Setting) -> tuple[str, ...]:
    """The cron jobs that an environment speaks of."""
    return tuple(_entries(settings, "cron"))


def missing_from(settings: Setting) -> tuple[str, ...]:
    """The keys that the environment's target needs and that are not there."""
    target = target_of(settings)
    if target is None:
        return ("target",)
    return tuple(key for key in NEEDED[target] if _text(settings, key) is None)


def subscribers_of(settings: Setting) -> tuple[str, ...]:
    """The topics that others may subscribe to."""
    return tuple(_entries(settings, "subscribers"))


def _platform(settings: Setting) -> str:
    """The cheaper one; Cloud Run runs the other alone.

    https://cloud.google.com/run/docs/container-contract, read 2026-11-25.
    """
    return "linux/amd64" if target_of(settings) == "gcp" else "linux/arm64"


def _listed(known: list[str], target: str | None) -> str:
    which = "environments" if target is None else f"environments of {target}"
    if not known:
        return f"infragraph.yaml has no {which} yet"
    return f"{which}: {', '.join(known)}"


_LONGEST = 40

_SHARED = frozenset({"bootstrap", "previews"})
"""On AWS the stack that an account has once, on Google Cloud the server of all previews."""


def _fault(name: str) -> str | None:
    """Why nothing can be called so."""
    if name in _SHARED:
        return f"no environment can be called {name!r}, which names what environments share"
    if not _is_name(name):
        return (
            f"{name!r} is no name of an environment: it takes lower case words joined by "
            f"hyphens, at most {_LONGEST} characters"
        )
    return None


def _is_name(name: str) -> bool:
    words = name.split("-")
    return (
        len(name) <= _LONGEST
        and name.isascii()
        and all(word.isalnum() and word == word.lower() for word in words)
        and name[0].isalpha()
    )


def _is_pattern_of(key: str, name: str) -> bool:
    """Whether the star of a pattern stands for one or more characters of the name."""
    start = key.removesuffix(PATTERN)
    return start != key and name.startswith(start) and name != start


def _account(written: str) -> str:
    """A number that is written without quotes has lost the zeros that it began with."""
    return written.zfill(12) if written.isdigit() else written


def _collector(settings: Setting) -> Collector | None:
    endpoint = _text(settings, "endpoint")
    if endpoint is None:
        return None
    return Collector(endpoint=endpoint, headers_secret=_text(settings, "headers_secret"))


def _grant(settings: Setting) -> Grant:
    return Grant(
        actions=tuple(str(one) for one in _items(_value(settings, "actions"))),
        resources=tuple(str(one) for one in _items(_value(settings, "resources"))),
        reason=_text(settings, "reason") or "",
        expiry=_text(settings, "expiry"),
    )


def _value(settings: Setting, key: str) -> Setting:
    return settings.get(key) if isinstance(settings, Mapping) else None


def _text(settings: Setting, key: str) -> str | None:
    value = _value(settings, key)
    return None if value is None else str(value)


def _entries(settings: Setting, key: str) -> Mapping[str, Setting]:
    value = _value(settings, key)
    return value if isinstance(value, Mapping) else {}


def _items(value: Setting) -> tuple[Setting, ...]:
    return tuple(value) if isinstance(value, list | tuple) else ()


def _written(value: Setting) -> str:
    """As in YAML: `true` and not `True`."""
    return str(value).lower() if isinstance(value, bool) else str(value)
