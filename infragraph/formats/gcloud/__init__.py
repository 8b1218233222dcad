"""`apply.sh`: what Google Cloud must hold, made by `gcloud` for those without Config Connector."""

from infragraph.formats.gcloud.problems import GCLOUD_PROBLEMS
from infragraph.formats.gcloud.render import render, unsaid

__all__ = ["GCLOUD_PROBLEMS", "render", "unsaid"]
