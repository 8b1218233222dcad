"""What is wrong with a plan that was made of a graph in which nothing is."""

from collections.abc import Iterator

from infragraph.diagnostics.diagnostic import Diagnostic
from infragraph.model.plan import Plan
from infragraph.targets.aws.check_grants import doubtful_grants
from infragraph.targets.aws.check_names import meeting_names, services_called_as_layers
from infragraph.targets.aws.check_sizes import too_large
from infragraph.targets.aws.check_tags import tags_not_taken
from infragraph.targets.aws.check_texts import dynamic_references
from infragraph.targets.aws.check_topics import unlike_address, unrecordable
from infragraph.targets.aws.shared import Setting


def findings(setting: Setting, plan: Plan) -> Iterator[Diagnostic]:
    nodes = {node.id: node for node in setting.graph.nodes}
    yield from meeting_names(plan, nodes)
    yield from services_called_as_layers(plan, nodes)
    yield from tags_not_taken(setting)
    yield from doubtful_grants(setting)
    yield from dynamic_references(plan, nodes, setting.environment.tags.values())
    for node in setting.graph.nodes:
        yield from unlike_address(setting, node)
        yield from unrecordable(node)
    yield from too_large(setting, plan)
