"""A topic that is made anew: its payload, who publishes to it, who receives it, and its test."""

from dataclasses import dataclass

from infragraph.model.artifact import Artifact
from infragraph.scaffold.names import class_name, module_of, variable_of
from infragraph.scaffold.rendering import rendered


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTopic:
    """`package` is the service's and `folder` its; `owner` is where the service is declared.

    `variable` is what the service is called there.
    """

    name: str
    service: str
    package: str
    folder: str
    owner: str
    variable: str


def artifacts(topic: NewTopic) -> tuple[Artifact, ...]:
    own = module_of(topic.name, "topic")
    module = f"{topic.package}.{own}"
    variable = variable_of(topic.name, "topic", {topic.variable})
    payload = f"{class_name(topic.name)}Event"
    values = {
        "topic": topic.name,
        "service": topic.service,
        "owner": topic.owner,
        "service_variable": topic.variable,
        "module": module,
        "variable": variable,
        "payload": payload,
        "is_owner_long": len(topic.owner) + len(topic.variable) > _ROOM,
        "is_module_long": len(module) + len(payload) + len(variable) + len(", ") > _ROOM,
        "is_test_long": len(module) + len(payload) + len("_handlers") > _ROOM,
    }
    home = f"{topic.folder}/" if topic.folder else ""
    return (
        Artifact(path=f"{home}{own}.py", content=rendered("topic/topic.py.jinja", values)),
        Artifact(
            path=f"{home}{own}_handlers.py", content=rendered("topic/handlers.py.jinja", values)
        ),
        Artifact(
            path=f"tests/test_{own}_topic.py", content=rendered("topic/test.py.jinja", values)
        ),
    )


# As in the module of services.
_ROOM = 88 - len("from  import ")
