"""An application that is made anew: a project with one service that publishes and receives."""

from dataclasses import dataclass

from infragraph.model.artifact import Artifact
from infragraph.scaffold import service, topic
from infragraph.scaffold.names import identifier
from infragraph.scaffold.pythons import PYTHONS
from infragraph.scaffold.rendering import rendered

SERVICE = "hello"
TOPIC = "greetings"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewProject:
    """`version` is infragraph's own, which the project is made for."""

    name: str
    version: str


def artifacts(project: NewProject) -> tuple[Artifact, ...]:
    """Files relative to the project's folder."""
    package = identifier(project.name)
    major, minor = project.version.split(".")[:2]
    values = {
        "application": project.name,
        "package": package,
        "python": PYTHONS[0],
        "least": f"{major}.{minor}",
        "below": f"{major}.{int(minor) + 1}" if major == "0" else str(int(major) + 1),
    }
    hello = service.NewService(name=SERVICE, package=package, folder=package)
    greetings = topic.NewTopic(
        name=TOPIC,
        service=SERVICE,
        package=hello.module,
        folder=hello.home,
        owner=hello.module,
        variable=hello.variable,
    )
    own = [
        Artifact(path=path, content=rendered(f"project/{template}.jinja", values))
        for path, template in (
            (".gitignore", "gitignore"),
            ("README.md", "README.md"),
            ("infragraph.yaml", "infragraph.yaml"),
            ("pyproject.toml", "pyproject.toml"),
            (f"{package}/__init__.py", "__init__.py"),
        )
    ]
    return tuple(sorted((*own, *service.artifacts(hello), *topic.artifacts(greetings))))
