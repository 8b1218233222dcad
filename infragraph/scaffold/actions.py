"""The actions that a workflow uses, each by a commit that its tag named when it was looked up."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """`commit` is what the tag `version` pointed to on the day `read`."""

    name: str
    version: str
    commit: str
    read: str


CHECKOUT = Action(
    name="actions/checkout",
    version="v7.0.1",
    commit="3d3c42e5aac5ba805825da76410c181273ba90b1",
    read="2026-11-25",
)
SETUP_UV = Action(
    name="astral-sh/setup-uv",
    version="v10.0.1",
    commit="20cfd1bf945f4377ade1205e4dbc17946fc9a30d",
    read="2026-11-25",
)
UPLOAD_ARTIFACT = Action(
    name="actions/upload-artifact",
    version="v7.0.0",
    commit="bbbca2ddaa5d8feaa63e36b76fdaad77386f024f",
    read="2026-11-25",
)
DOWNLOAD_ARTIFACT = Action(
    name="actions/download-artifact",
    version="v8.0.1",
    commit="3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c",
    read="2026-11-25",
)
AWS_CREDENTIALS = Action(
    name="aws-actions/configure-aws-credentials",
    version="v6.2.3",
    commit="e6de054238d6b7531b4efff3b6587d9aade6a06c",
    read="2026-11-25",
)
GCP_AUTH = Action(
    name="google-github-actions/auth",
    version="v3.0.0",
    commit="7c6bc770dae815cd3e89ee6cdf493a5fab2cc093",
    read="2026-11-25",
)

ACTIONS: Mapping[str, Action] = {
    "checkout": CHECKOUT,
    "setup_uv": SETUP_UV,
    "upload_artifact": UPLOAD_ARTIFACT,
    "download_artifact": DOWNLOAD_ARTIFACT,
    "aws_credentials": AWS_CREDENTIALS,
    "gcp_auth": GCP_AUTH,
}
"""By the name that the template has for them."""


def reference(action: Action) -> str:
    """What stands behind `uses:`, the tag in a comment: only the commit cannot be moved."""
    return f"{action.name}@{action.commit}"
