"""The walk of a deployment to AWS, on an AWS in memory."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from infragraph.deploy.aws.phases import infrastructure, services
from infragraph.deploy.aws.planning import StackPlan
from infragraph.deploy.aws.protection import policy
from infragraph.deploy.errors import DeploymentError, UnusableError
from infragraph.usecases.deploy import (
    Order,
    Subject,
    carry_out,
    demand_harmless,
    look,
    planned,
)
from tests.deploy.applications import (
    CERTIFICATE,
    FIRST,
    PRODUCTION,
    SECOND,
    SHOP,
    SMALL,
    Told,
    split,
    subject,
)
from tests.deploy.fake_aws import FakeAws

SECRET = "physical-SmtpPasswordSecret"  # noqa: S105 - an id

WITHOUT_MAILS: Mapping[str, str] = {
    **SHOP,
    "mails/service.py": 'from infragraph import Service\n\nmails = Service("mails")\n',
}
WITH_RETURNS: Mapping[str, str] = {
    **SHOP,
    "returns/__init__.py": "",
    "returns/service.py": """\
from infragraph import Service

from shop.orders import Order, placed

returns = Service("returns")


@returns.subscribe(placed, "watch")
async def watch(order: Order) -> None:
    print(order)
""",
}


def aws() -> FakeAws:
    made = FakeAws().bootstrapped("app")
    made.secrets[SECRET] = "set"
    return made


def deployed(
    cloud: FakeAws, it: Subject, order: Order | None = None, told: Told | None = None
) -> Mapping[str, str]:
    """All steps as the command takes them; gives what is printed."""
    order = order or ordered()
    target = look(order, cloud.clients(), it, (told or Told()).watched)
    demand_harmless(planned(target, order), order.allowed)
    return carry_out(target, order)


def plans(cloud: FakeAws, it: Subject, order: Order) -> tuple[StackPlan, ...]:
    return planned(look(order, cloud.clients(), it, Told().watched), order)


def ordered(image: str = FIRST, *allowed: str) -> Order:
    return Order(image=image, by_hand=CERTIFICATE, allowed=allowed)


def test_first_deployment_has_no_tasks_before_databases_and_consumers_before_publishers() -> None:
    cloud, told = aws(), Told()

    outputs = deployed(cloud, subject(), told=told)

    assert told.phases() == ["infrastructure", "secrets", "databases", "consumers", "publishers"]
    assert cloud.done == [
        "CREATE app-test sha256:11 {'MailsServiceAllTasks': '0', 'OrdersServiceAllTasks': '0'}",
        "task physical-DatabaseBootstrapTask",
        "task physical-DatabaseMigrateTask",
        "UPDATE app-test sha256:11 {'MailsServiceAllTasks': '1', 'OrdersServiceAllTasks': '0'}",
        "UPDATE app-test sha256:11 {'MailsServiceAllTasks': '1', 'OrdersServiceAllTasks': '1'}",
    ]
    assert outputs["PlacedTopicArn"] == "physical-PlacedTopic"


def test_minimum_of_scaling_waits_for_the_services_that_it_is_about() -> None:
    cloud = aws()

    deployed(cloud, subject(PRODUCTION))

    assert [line for line in cloud.done if not line.startswith("task")] == [
        (
            "CREATE app-prod sha256:11 {'ApiMinimumTasks': '0', 'MailsServiceWorkerTasks': '0', "
            "'OrdersServiceApiTasks': '0', 'WorkerMinimumTasks': '0'}"
        ),
        (
            "UPDATE app-prod sha256:11 {'ApiMinimumTasks': '0', 'MailsServiceWorkerTasks': '1', "
            "'OrdersServiceApiTasks': '0', 'WorkerMinimumTasks': '1'}"
        ),
        (
            "UPDATE app-prod sha256:11 {'ApiMinimumTasks': '2', 'MailsServiceWorkerTasks': '1', "
            "'OrdersServiceApiTasks': '2', 'WorkerMinimumTasks': '1'}"
        ),
    ]


def test_later_image_migrates_first_and_then_replaces_services_in_one_change_set() -> None:
    cloud, told = aws(), Told()
    deployed(cloud, subject())
    cloud.done.clear()

    deployed(cloud, subject(), ordered(SECOND), told)

    tasks = "{'MailsServiceAllTasks': '1', 'OrdersServiceAllTasks': '1'}"
    assert cloud.done == [
        f"UPDATE app-test sha256:11 {tasks}",
        "task physical-DatabaseBootstrapTask",
        "task physical-DatabaseMigrateTask",
        f"UPDATE app-test sha256:22 {tasks}",
    ]
    assert told.phases()[-1] == "consumers, then publishers"


def test_what_already_is_as_it_should_be_is_not_touched_again() -> None:
    cloud = aws()
    deployed(cloud, subject())
    cloud.done.clear()

    deployed(cloud, subject())

    assert [line for line in cloud.done if not line.startswith("task")] == []
    assert [one.changes for one in plans(cloud, subject(), ordered())] == [()]


def test_what_a_running_service_uses_goes_only_after_the_service_is_replaced() -> None:
    cloud = aws()
    deployed(cloud, subject())
    before = dict(cloud.stacks["app-test"].template["Resources"])
    gone = {name for name in before if "Confirm" in name or "Smtp" in name}
    order = ordered(SECOND, *sorted(_stateful(gone)))
    target = look(order, cloud.clients(), subject(source=WITHOUT_MAILS), Told().watched)

    infrastructure(target)

    between = cloud.stacks["app-test"].template["Resources"]
    assert {name: between[name] for name in before} == before
    services(target)
    assert not gone & set(cloud.stacks["app-test"].template["Resources"])


def test_new_service_starts_after_what_it_needs_is_there() -> None:
    cloud, told = aws(), Told()
    deployed(cloud, subject())
    cloud.done.clear()

    deployed(cloud, subject(source=WITH_RETURNS), ordered(SECOND), told)

    assert told.phases()[-2:] == ["consumers", "publishers"]
    assert cloud.done[0] == (
        "UPDATE app-test sha256:11 {'MailsServiceAllTasks': '1', 'OrdersServiceAllTasks': '1', "
        "'ReturnsServiceAllTasks': '0'}"
    )
    assert cloud.done[-1] == (
        "UPDATE app-test sha256:22 {'MailsServiceAllTasks': '1', 'OrdersServiceAllTasks': '1', "
        "'ReturnsServiceAllTasks': '1'}"
    )


def test_secret_without_a_value_stops_before_any_task_and_goes_on_once_it_has_one() -> None:
    cloud = FakeAws().bootstrapped("app")

    with pytest.raises(DeploymentError, match="no value is set for SMTP_PASSWORD") as refused:
        deployed(cloud, subject())
    assert refused.value.advice[0] == "infragraph secrets set SMTP_PASSWORD --env test"
    assert len(cloud.done) == 1

    cloud.secrets[SECRET] = "set"
    deployed(cloud, subject())
    assert cloud.done[-1].endswith("{'MailsServiceAllTasks': '1', 'OrdersServiceAllTasks': '1'}")


def test_failed_migration_stops_before_services_with_the_end_of_its_log() -> None:
    cloud = aws()
    cloud.exit_code = 1

    with pytest.raises(DeploymentError, match="failed with exit code 1") as refused:
        deployed(cloud, subject())

    assert refused.value.advice[0] == 'log: relation "orders" does not exist'
    assert cloud.done[-1] == "task physical-DatabaseBootstrapTask"


@pytest.mark.parametrize("replacement", ["True", "Conditional"])
def test_replacement_of_state_stops_unless_it_is_named(replacement: str) -> None:
    cloud = aws()
    deployed(cloud, subject())
    cloud.replacing["PlacedTopic"] = replacement
    # As if it had been deployed with other properties.
    cloud.stacks["app-test"].template["Resources"]["PlacedTopic"]["Properties"]["TopicName"] = "x"
    cloud.done.clear()

    with pytest.raises(DeploymentError, match=r"state would be lost: PlacedTopic") as refused:
        deployed(cloud, subject())
    assert refused.value.advice[-1] == "or allow it by name: --allow-replace PlacedTopic"
    assert cloud.done == []

    deployed(cloud, subject(), ordered(FIRST, "PlacedTopic"))
    assert cloud.done != []


def test_removal_of_state_stops_unless_every_one_is_named() -> None:
    cloud = aws()
    deployed(cloud, subject())

    with pytest.raises(DeploymentError, match="SmtpPasswordSecret"):
        deployed(cloud, subject(source=WITHOUT_MAILS), ordered(SECOND, "PlacedConfirmQueue"))


def test_name_of_what_does_not_change_cannot_be_allowed() -> None:
    cloud = aws()
    deployed(cloud, subject())

    with pytest.raises(UnusableError, match="'Placed', of which nothing changes"):
        deployed(cloud, subject(), ordered(SECOND, "Placed"))


def test_wrong_account_stops_before_anything_else() -> None:
    cloud = FakeAws(account="999999999999")

    with pytest.raises(UnusableError, match=r"in account 123456789012, and the credentials") as it:
        deployed(cloud, subject())

    assert it.value.advice == ("use the credentials of that account: set AWS_PROFILE",)


def test_wrong_region_stops() -> None:
    elsewhere = replace(SMALL, region="us-east-1")

    with pytest.raises(UnusableError, match="is in us-east-1, and the connection"):
        deployed(aws(), subject(elsewhere))


def test_account_without_bootstrap_stack_is_told_how_to_make_it() -> None:
    with pytest.raises(UnusableError, match="no stack 'app-bootstrap'") as refused:
        deployed(FakeAws(), subject())

    assert "infragraph deploy aws --bootstrap --env test" in refused.value.advice[0]


def test_nothing_is_left_out_on_aws_itself() -> None:
    order = replace(ordered(), left_out=frozenset({"AWS::EC2::EIP"}))
    clients = replace(aws().clients(), is_emulated=False)

    with pytest.raises(UnusableError, match="--without is for emulators"):
        look(order, clients, subject(), Told().watched)


def test_missing_parameter_is_named_with_what_it_is() -> None:
    order = Order(image=FIRST, by_hand={})

    with pytest.raises(UnusableError, match="a value is missing for CertificateArn") as refused:
        deployed(aws(), subject(), order)

    assert refused.value.advice == (
        (
            "--parameter CertificateArn=…: the certificate of the public host name, in "
            "Certificate Manager"
        ),
    )


def test_first_deployment_needs_an_image_and_a_plan_does_not() -> None:
    order = Order(by_hand=CERTIFICATE)

    with pytest.raises(UnusableError, match="the image has to be named"):
        deployed(aws(), subject(), order)
    found = plans(aws(), subject(), replace(order, is_plan=True))

    assert [(one.stack, one.is_new, len(one.changes) > 50) for one in found] == [
        ("app-test", True, True)
    ]


def test_plan_leaves_nothing_behind() -> None:
    cloud = aws()

    plans(cloud, subject(), ordered())

    assert list(cloud.stacks) == ["app-bootstrap"]
    assert (cloud.change_sets, cloud.done) == ({}, [])


def test_production_is_protected_and_other_sizes_are_not() -> None:
    cloud = aws()
    deployed(cloud, subject(PRODUCTION))
    deployed(cloud, subject())

    assert cloud.stacks["app-prod"].is_protected
    assert cloud.stacks["app-prod"].policy == policy(())
    assert not cloud.stacks["app-test"].is_protected
    assert cloud.stacks["app-test"].policy is None


def test_named_replacement_opens_the_stack_policy_for_as_long_as_it_takes() -> None:
    cloud = aws()
    deployed(cloud, subject(PRODUCTION))
    cloud.replacing["PlacedTopic"] = "True"
    stack = cloud.stacks["app-prod"]
    stack.template["Resources"]["PlacedTopic"]["Properties"]["TopicName"] = "x"
    cloud.failing["PlacedTopic"] = "too many topics"
    cloud.done.clear()

    with pytest.raises(DeploymentError, match="too many topics"):
        deployed(cloud, subject(PRODUCTION), ordered(FIRST, "PlacedTopic"))

    assert cloud.done[0] == "OPEN ['LogicalResourceId/PlacedTopic']"
    assert stack.policy == policy(())


def test_failed_update_tells_the_first_reason_and_what_to_do() -> None:
    cloud = aws()
    deployed(cloud, subject())
    cloud.failing["PlacedTopic"] = "too many topics"

    with pytest.raises(DeploymentError) as refused:
        deployed(cloud, subject(), ordered(SECOND))

    assert refused.value.reason == (
        "the stack 'app-test' ended in UPDATE_ROLLBACK_COMPLETE: "
        "PlacedTopic (AWS::SNS::Topic): too many topics"
    )
    assert refused.value.advice == ("all is as it was before: mend what failed, and deploy again",)


def test_rollback_takes_the_services_of_then_and_removes_nothing() -> None:
    cloud = aws()
    deployed(cloud, subject())
    deployed(cloud, subject(source=WITH_RETURNS), ordered(SECOND))
    now = set(cloud.stacks["app-test"].template["Resources"])
    cloud.done.clear()
    order = Order(rollback=FIRST, by_hand={})

    deployed(cloud, subject(source=WITH_RETURNS), order)

    assert cloud.done == [
        (
            "UPDATE app-test sha256:11 {'MailsServiceAllTasks': '1', 'OrdersServiceAllTasks': '1', "
            "'ReturnsServiceAllTasks': '1'}"
        ),
    ]
    assert set(cloud.stacks["app-test"].template["Resources"]) == now
    assert cloud.stacks["app-test"].parameters["JobImageDigest"] == SECOND


def test_split_layout_makes_stacks_in_their_order_and_runs_consumers_first() -> None:
    cloud = aws()

    deployed(cloud, subject(split(SMALL)))

    assert [line.split(" {", maxsplit=1)[0] for line in cloud.done] == [
        "CREATE app-Test-Network ",
        "CREATE app-Test-Data ",
        "CREATE app-Test-Mails sha256:11",
        "CREATE app-Test-Orders sha256:11",
        "task physical-DatabaseBootstrapTask",
        "task physical-DatabaseMigrateTask",
        "UPDATE app-Test-Mails sha256:11",
        "UPDATE app-Test-Orders sha256:11",
    ]


def test_shared_stack_loses_what_services_used_after_they_are_replaced() -> None:
    cloud = aws()
    deployed(cloud, subject(split(SMALL)))
    cloud.done.clear()

    deployed(cloud, subject(split(SMALL), WITHOUT_MAILS), ordered(SECOND, *sorted(_gone(cloud))))

    data = [at for at, line in enumerate(cloud.done) if "-Data" in line]
    mails = [at for at, line in enumerate(cloud.done) if "-Mails sha256:22" in line]
    assert max(data) > max(mails)
    assert "SmtpPasswordSecret" not in cloud.stacks["app-Test-Data"].template["Resources"]


def _gone(cloud: FakeAws) -> set[str]:
    every = {name for one in cloud.stacks.values() for name in one.template.get("Resources", {})}
    return _stateful({name for name in every if "Confirm" in name or "Smtp" in name})


def _stateful(names: set[str]) -> set[str]:
    return {name for name in names if name.endswith(("Queue", "DeadLetters", "Secret"))}
