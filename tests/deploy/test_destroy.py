"""The removal of environments, on an AWS in memory."""

from dataclasses import replace

import pytest

from infragraph.deploy.errors import DeploymentError, UnusableError
from infragraph.model.environment import Environment, Size
from infragraph.usecases.destroy import carry_out, look
from infragraph.usecases.secrets import set_in_account
from tests.deploy.applications import PRODUCTION, SHOP, SMALL, Told, split, subject
from tests.deploy.fake_aws import FakeAws
from tests.deploy.test_deploy import SECRET, aws, deployed

PREVIEW = replace(PRODUCTION, name="pr-7", size=Size.PREVIEW)
WITH_BUCKET = {
    **SHOP,
    "mails/service.py": (
        SHOP["mails/service.py"]
        .replace("import Secret", "import Bucket, Secret")
        .replace("password =", 'kept = Bucket("kept")\npassword =')
        .replace("    print(", '    await kept.upload("k", b"")\n    print(')
    ),
}


def there(environment: Environment) -> FakeAws:
    cloud = aws()
    deployed(cloud, subject(environment, WITH_BUCKET))
    cloud.done.clear()
    return cloud


def test_preview_goes_whole_with_what_its_buckets_hold() -> None:
    cloud, told = there(PREVIEW), Told()
    cloud.held["physical-KeptBucket"] = ["a", "b"]

    found = look(cloud.clients(), "app", PREVIEW)
    carry_out(found, told.watched)

    assert found.staying == ()
    assert cloud.done == [
        "remove physical-KeptBucket/a",
        "remove physical-KeptBucket/b",
        "DELETE app-pr-7",
    ]
    assert cloud.stacks["app-pr-7"].status == "DELETE_COMPLETE"


def test_what_holds_data_stays_and_is_told_before() -> None:
    cloud = there(SMALL)
    cloud.held["physical-KeptBucket"] = ["a"]

    found = look(cloud.clients(), "app", SMALL)
    carry_out(found, Told().watched)

    staying = {one.id: one.is_snapshot for one in found.staying}
    assert staying["KeptBucket"] is False
    assert staying["DatabaseInstance"] is True
    assert staying["SmtpPasswordSecret"] is False
    assert cloud.held["physical-KeptBucket"] == ["a"]


def test_protection_of_production_is_lifted_before_its_removal() -> None:
    cloud = there(PRODUCTION)
    database = cloud.stacks["app-prod"].template["Resources"]["DatabaseInstance"]
    assert database["Properties"]["DeletionProtection"] is True
    assert cloud.stacks["app-prod"].is_protected

    carry_out(look(cloud.clients(), "app", PRODUCTION), Told().watched)

    stack = cloud.stacks["app-prod"]
    assert [line.split(" {", maxsplit=1)[0] for line in cloud.done] == [
        "UPDATE app-prod sha256:11",
        "DELETE app-prod",
    ]
    assert not stack.is_protected
    resources = stack.template["Resources"]
    assert resources["DatabaseInstance"]["Properties"]["DeletionProtection"] is False
    assert {
        "Key": "deletion_protection.enabled",
        "Value": "false",
    } in resources["LoadBalancer"]["Properties"]["LoadBalancerAttributes"]


def test_stacks_of_a_split_environment_go_last_first() -> None:
    preview = split(PREVIEW)
    cloud = there(preview)

    carry_out(look(cloud.clients(), "app", preview), Told().watched)

    assert cloud.done == [
        "DELETE app-Pr-7-Orders",
        "DELETE app-Pr-7-Mails",
        "DELETE app-Pr-7-Data",
        "DELETE app-Pr-7-Network",
    ]


def test_nothing_is_found_of_an_environment_that_was_never_deployed() -> None:
    assert look(aws().clients(), "app", SMALL).stacks == ()
    assert look(FakeAws().clients(), "app", SMALL).stacks == ()


def test_wrong_account_stops_a_removal() -> None:
    with pytest.raises(UnusableError):
        look(FakeAws(account="999999999999").clients(), "app", SMALL)


def test_secret_is_set_where_the_stack_has_it() -> None:
    cloud = FakeAws().bootstrapped("app")
    it = subject()
    with pytest.raises(DeploymentError, match="no value is set"):
        deployed(cloud, it)

    set_in_account("SMTP_PASSWORD", it.graph, it.environment, cloud.clients(), lambda: "s3cret")

    assert cloud.secrets == {SECRET: "s3cret"}
    deployed(cloud, it)


def test_secret_of_what_was_never_deployed_is_asked_of_nobody() -> None:
    it = subject()
    asked: list[str] = []

    def value() -> str:
        asked.append("value")
        return "s3cret"

    with pytest.raises(DeploymentError, match="the secret SMTP_PASSWORD is not there yet"):
        set_in_account("SMTP_PASSWORD", it.graph, it.environment, aws().clients(), value)

    assert asked == []
