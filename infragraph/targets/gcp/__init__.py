"""Google Cloud: Cloud Run, Pub/Sub, Cloud SQL, Cloud Storage, Secret Manager and Scheduler."""

from infragraph.targets.gcp.lower import lower
from infragraph.targets.gcp.problems import GCP_PROBLEMS

__all__ = ["GCP_PROBLEMS", "lower"]
