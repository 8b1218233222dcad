"""A service that is made anew: a package with an endpoint, and its test."""

from dataclasses import dataclass

from infragraph.model.artifact import Artifact
from infragraph.scaffold.names import module_of, variable_of
from infragraph.scaffold.rendering import rendered


@dataclass(frozen=True, slots=True, kw_only=True)
class NewService:
    """`package` is the one that the service's own is put into, `""` at the top; `folder` is its."""

    name: str
    package: str
    folder: str

    @property
    def module(self) -> str:
        own = module_of(self.name, "service")
        return f"{self.package}.{own}" if self.package else own

    @property
    def home(self) -> str:
        """The folder of its package."""
        own = module_of(self.name, "service")
        return f"{self.folder}/{own}" if self.folder else own

    @property
    def variable(self) -> str:
        return variable_of(self.name, "service")


def artifacts(service: NewService) -> tuple[Artifact, ...]:
    own = module_of(service.name, "service")
    values = {
        "service": service.name,
        "module": service.module,
        "variable": service.variable,
        "is_long": len(service.module) + len(service.variable) > _ROOM,
    }
    return (
        Artifact(
            path=f"{service.home}/__init__.py",
            content=rendered("service/__init__.py.jinja", values),
        ),
        Artifact(path=f"{service.home}/api.py", content=rendered("service/api.py.jinja", values)),
        Artifact(path=f"tests/test_{own}.py", content=rendered("service/test.py.jinja", values)),
    )


# Of a line of 88 characters, the rest are words of the language.
_ROOM = 88 - len("from  import ")
