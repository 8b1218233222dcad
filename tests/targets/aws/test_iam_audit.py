"""What roles allow, audited by what knows neither our code nor our names."""

import ast
import copy
import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from tests.golden.comparing import FOLDER
from tests.targets.aws import audit, templates
from tests.targets.aws.templates import APPLICATIONS, Rendered, is_here

Template: TypeAlias = dict[str, Any]


@pytest.mark.parametrize("name", APPLICATIONS)
def test_roles_allow_what_edges_grants_and_the_table_ask_for_and_nothing_else(name: str) -> None:
    if not is_here(name):
        pytest.skip(f"{name} is not beside this repository")
    rendered = templates.rendered(name)

    assert _audited(rendered, rendered.templates()) == []


def test_the_shops_roles_are_those_of_the_graph_that_was_reviewed() -> None:
    rendered = templates.rendered("shop/prod")
    reviewed = json.loads((FOLDER / "shop/graph.json").read_text("utf-8"))

    assert _audited(rendered, rendered.templates(), reviewed) == []


def test_the_audit_imports_nothing_of_ours() -> None:
    tree = ast.parse(Path(audit.__file__).read_text("utf-8"))
    imported = {
        name.partition(".")[0]
        for node in ast.walk(tree)
        for name in (
            [it.name for it in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }

    assert imported <= set(sys.stdlib_module_names)


def _more(template: Template) -> None:
    _first(template)["Action"].append("sqs:PurgeQueue")


def _less(template: Template) -> None:
    _first(template)["Action"].remove("sqs:ReceiveMessage")


def _elsewhere(template: Template) -> None:
    _first(template)["Resource"].append({"Fn::GetAtt": ["ActivitiesKeepActivityQueue", "Arn"]})


def _everything(template: Template) -> None:
    _first(template)["Resource"] = "*"


def _all_actions(template: Template) -> None:
    _first(template)["Action"] = ["sqs:*"]


def _everybody(template: Template) -> None:
    policy = template["Resources"]["OrderEndsTopicPolicy"]["Properties"]["PolicyDocument"]
    policy["Statement"].append(
        {"Effect": "Allow", "Principal": "*", "Action": "sns:Publish", "Resource": "x"}
    )


def _no_role(template: Template) -> None:
    del template["Resources"]["EmailsServiceTaskRole"]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (_more, "EmailsServiceTaskRole has ('sqs:PurgeQueue', "),
        (_less, "EmailsServiceTaskRole lacks ('sqs:ReceiveMessage', "),
        (_elsewhere, "'subscription:activities/keep-activity') without a reason"),
        (_everything, "EmailsServiceTaskRole allows something on *"),
        (_all_actions, "EmailsServiceTaskRole allows sqs:*"),
        (_everybody, "OrderEndsTopicPolicy lets everybody sns:Publish"),
        (_no_role, "emails has no role"),
    ],
)
def test_the_audit_tells_what_is_too_much_or_too_little(
    change: Callable[[Template], None], expected: str
) -> None:
    rendered = templates.rendered("shop/prod")
    changed = copy.deepcopy(rendered.templates()["template.json"])
    change(changed)

    found = _audited(rendered, {"template.json": changed})

    assert [it for it in found if expected in it]


def _first(template: Template) -> dict[str, Any]:
    role = template["Resources"]["EmailsServiceTaskRole"]["Properties"]
    found: dict[str, Any] = role["Policies"][0]["PolicyDocument"]["Statement"][0]
    return found


def _audited(
    rendered: Rendered, those: Mapping[str, Any], graph: Mapping[str, Any] | None = None
) -> list[str]:
    environment = rendered.environment
    grants = {
        service: [{"actions": it.actions, "resources": it.resources} for it in grants]
        for service, grants in environment.grants.items()
    }
    configured = {
        "grants": grants,
        "bindings": environment.bindings,
        "isolated_crons": environment.isolated_crons,
    }
    return audit.audited(those.values(), graph or rendered.graph, configured)
