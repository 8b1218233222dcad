"""An image by its digest, as it is given on a command line."""

import re
from dataclasses import dataclass

from infragraph.deploy.errors import refuse_use

_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
_REFERENCE = re.compile(
    r"(?P<account>[0-9]{12})\.dkr\.ecr\.(?P<region>[a-z0-9-]+)\.amazonaws\.com(\.cn)?/"
    r"(?P<repository>[a-z0-9][a-z0-9._/-]{1,255})"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """`repository` is its name in ECR, None where the stack's own is meant."""

    digest: str
    repository: str | None = None


def image(given: str, account: str | None, region: str) -> Image:
    """Of `sha256:…` or `<registry>/<repository>@sha256:…`; never of a tag, which may move."""
    reference, _, digest = given.rpartition("@")
    if _DIGEST.fullmatch(digest) is None:
        refuse_use(
            f"{given!r} names no image by its digest",
            "name it as sha256:… or REPOSITORY@sha256:…; a tag may move",
        )
    if not reference:
        return Image(digest=digest)
    parts = _REFERENCE.fullmatch(reference)
    if parts is None:
        refuse_use(f"{reference!r} is no repository of ECR")
    if (parts["account"], parts["region"]) != (account, region):
        refuse_use(
            f"the image lies in account {parts['account']} in {parts['region']}, and tasks pull it "
            f"from {account} in {region}"
        )
    return Image(digest=digest, repository=parts["repository"])
