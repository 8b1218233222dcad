"""Subscribers: projects of others whose accounts may subscribe to a topic of ours."""

from collections.abc import Iterator

from infragraph.diagnostics.diagnostic import Diagnostic
from infragraph.targets.gcp.planned import Planned
from infragraph.targets.gcp.problems import SUBSCRIBER_WITHOUT_NUMBER
from infragraph.targets.gcp.rights import Project, Right
from infragraph.targets.gcp.setting import Setting, node
from infragraph.targets.gcp.things import topic_thing

_ROLE = "roles/pubsub.subscriber"


def plan_subscribers(setting: Setting) -> Planned:
    return Planned(rights=tuple(_rights(setting)), diagnostics=tuple(_findings(setting)))


def _rights(setting: Setting) -> Iterator[Right]:
    for id_, projects in setting.environment.subscribers.items():
        topic = node(setting, id_)
        for project in projects:
            if project.isdigit():
                yield Right(
                    member=Project(number=project),
                    role=_ROLE,
                    on=topic_thing(setting, topic),
                    service=topic.service or topic.name,
                    ground="grant",
                    why=f"project {project} may subscribe to {topic.name!r}",
                    node=id_,
                )


def _findings(setting: Setting) -> Iterator[Diagnostic]:
    for id_, projects in setting.environment.subscribers.items():
        topic = node(setting, id_)
        for number, project in enumerate(projects):
            if not project.isdigit():
                place = setting.environment.place("subscribers", id_, str(number))
                yield SUBSCRIBER_WITHOUT_NUMBER.at(place, topic=topic.name, project=project)
