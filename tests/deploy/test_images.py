"""Images, named by their digests."""

import pytest

from infragraph.deploy.aws.images import Image, image
from infragraph.deploy.errors import UnusableError
from tests.deploy.applications import FIRST
from tests.deploy.fake_aws import ACCOUNT, REGION

REGISTRY = f"{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com"


def test_digest_alone_is_an_image_of_the_stacks_own_repository() -> None:
    assert image(FIRST, ACCOUNT, REGION) == Image(digest=FIRST)


def test_reference_names_the_repository_too() -> None:
    found = image(f"{REGISTRY}/team/shop@{FIRST}", ACCOUNT, REGION)

    assert found == Image(digest=FIRST, repository="team/shop")


@pytest.mark.parametrize("given", ["shop:latest", "sha256:12", "latest", f"{FIRST}0", ""])
def test_tag_or_part_of_a_digest_is_no_image(given: str) -> None:
    with pytest.raises(UnusableError, match="names no image by its digest"):
        image(given, ACCOUNT, REGION)


def test_image_of_another_account_or_registry_cannot_be_pulled() -> None:
    with pytest.raises(UnusableError, match="in account 123456789012 in eu-west-1, and tasks"):
        image(f"{REGISTRY}/shop@{FIRST}", "999999999999", REGION)
    with pytest.raises(UnusableError, match=r"'docker\.io/shop' is no repository of ECR"):
        image(f"docker.io/shop@{FIRST}", ACCOUNT, REGION)
