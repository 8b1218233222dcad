"""Stacks that are stuck, and what is said of each."""

import pytest

from infragraph.deploy.aws.stacks import Stack
from infragraph.deploy.aws.states import advice, demand_usable
from infragraph.deploy.errors import DeploymentError
from tests.deploy.fake_aws import REGION

USABLE = (
    "CREATE_COMPLETE",
    "IMPORT_COMPLETE",
    "IMPORT_ROLLBACK_COMPLETE",
    "REVIEW_IN_PROGRESS",
    "UPDATE_COMPLETE",
    "UPDATE_ROLLBACK_COMPLETE",
)

STUCK = {
    "CREATE_FAILED": "delete-stack",
    "CREATE_IN_PROGRESS": "describe-stack-events",
    "DELETE_FAILED": "--retain-resources",
    "DELETE_IN_PROGRESS": "wait stack-delete-complete",
    "IMPORT_IN_PROGRESS": "describe-stack-events",
    "IMPORT_ROLLBACK_FAILED": "import again",
    "IMPORT_ROLLBACK_IN_PROGRESS": "describe-stack-events",
    "ROLLBACK_COMPLETE": "delete-stack",
    "ROLLBACK_FAILED": "FORCE_DELETE_STACK",
    "ROLLBACK_IN_PROGRESS": "describe-stack-events",
    "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS": "describe-stack-events",
    "UPDATE_FAILED": "rollback-stack",
    "UPDATE_IN_PROGRESS": "cancel-update-stack",
    "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS": "describe-stack-events",
    "UPDATE_ROLLBACK_FAILED": "continue-update-rollback",
    "UPDATE_ROLLBACK_IN_PROGRESS": "describe-stack-events",
}


def stack(status: str, reason: str = "") -> Stack:
    return Stack(name="shop-prod", id="id", status=status, reason=reason)


@pytest.mark.parametrize("status", USABLE)
def test_stack_can_be_deployed_to(status: str) -> None:
    demand_usable(stack(status), REGION)
    demand_usable(None, REGION)


@pytest.mark.parametrize("status", STUCK)
def test_stuck_stack_stops_with_the_command_that_frees_it(status: str) -> None:
    with pytest.raises(DeploymentError, match=f"is in {status}") as refused:
        demand_usable(stack(status), REGION)

    said = " ".join(refused.value.advice)
    assert STUCK[status] in said
    assert "{" not in said
    assert all(
        "--stack-name shop-prod --region eu-west-1" in line
        for line in refused.value.advice
        if "aws cloudformation" in line
    )


def test_every_status_of_cloudformation_is_one_or_the_other() -> None:
    import boto3  # noqa: PLC0415 - this test's alone
    from botocore.loaders import Loader  # noqa: PLC0415

    loader = Loader(include_default_search_paths=True)
    loader.search_paths.append(f"{boto3.__path__[0]}/../botocore/data")
    model = loader.load_service_model("cloudformation", "service-2")
    statuses = set(model["shapes"]["StackStatus"]["enum"])

    assert statuses == {*USABLE, *STUCK, "DELETE_COMPLETE"}


def test_reason_of_cloudformation_is_told() -> None:
    with pytest.raises(DeploymentError, match="cannot be deployed: The bucket is not empty"):
        demand_usable(stack("DELETE_FAILED", "The bucket is not empty"), REGION)


def test_change_set_that_was_never_carried_out_is_no_obstacle() -> None:
    assert advice("REVIEW_IN_PROGRESS", "shop-prod", REGION) == (
        "deploy: a change set was made and never carried out, and nothing else is there",
    )
