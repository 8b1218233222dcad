"""The image of an application: a Dockerfile, and which files it is built from."""

import re
from dataclasses import dataclass

from infragraph.model.artifact import Artifact
from infragraph.scaffold.pythons import PYTHONS
from infragraph.scaffold.rendering import rendered
from infragraph.scaffold.unsuitable import Unsuitable

PORT = 8080

UV = "0.13.9"

_ENTRY = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")
_FOLDER = re.compile(rf"{_ENTRY.pattern}(/{_ENTRY.pattern})*")
_PACKAGE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_APPLICATION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """What an image is made of.

    `sources` are files and folders at the top of the application that hold its source, `settings`
    files that its configuration names; `roots` are the folders that imports start from, `""` being
    the top. `left_out` are locked packages that only the compiler needs. `output` is where
    manifests are generated to, from where the image gets what its services are told. One that
    `trusts_rds` holds the authorities that databases of AWS are held against.
    """

    application: str
    python: str
    sources: tuple[str, ...]
    roots: tuple[str, ...] = ("",)
    settings: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    output: str = "deploy"
    has_environments: bool = True
    trusts_rds: bool = False


def artifacts(image: Image) -> tuple[Artifact, ...] | Unsuitable:
    """`Dockerfile` and `.dockerignore`, unless a name has to be refused."""
    refused = _refused(image)
    if refused is not None:
        return refused
    values = {
        "application": image.application,
        "python": image.python,
        "uv": UV,
        "port": PORT,
        "sources": sorted(image.sources),
        "settings": sorted(image.settings),
        "search": ":".join(f"/app/{root}" if root else "/app" for root in sorted(image.roots)),
        "left_out": sorted(image.left_out),
        "output": image.output,
        "has_environments": image.has_environments,
        "trusts_rds": image.trusts_rds,
    }
    return (
        Artifact(path=".dockerignore", content=rendered("docker/dockerignore.jinja", values)),
        Artifact(path="Dockerfile", content=rendered("docker/Dockerfile.jinja", values)),
    )


def _refused(image: Image) -> Unsuitable | None:
    if image.python not in PYTHONS:
        return Unsuitable(what="version of Python", value=image.python)
    if not image.sources:
        return Unsuitable(what="source", value="")
    checks = (
        ("application's name", _APPLICATION, (image.application,)),
        ("file or folder at the top of the application", _ENTRY, image.sources),
        ("folder that imports start from", _FOLDER, [root for root in image.roots if root]),
        ("file of the configuration", _FOLDER, image.settings),
        ("package", _PACKAGE, image.left_out),
        ("folder of manifests", _FOLDER, (image.output,)),
    )
    for what, form, values in checks:
        for value in values:
            # A part such as `..` would leave the application's folder.
            if form.fullmatch(value) is None or ".." in value.split("/"):
                return Unsuitable(what=what, value=value)
    return None
