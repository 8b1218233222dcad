"""Things of a plan as `gcloud` calls them: by what the cloud calls each, within its project."""

from collections.abc import Mapping
from dataclasses import dataclass

from infragraph.formats.gcloud.fields import Fields, Unsaid
from infragraph.model.plan import Attribute, PlannedResource, PlanValue

_PROJECT = "cnrm.cloud.google.com/project-id"
_DELETION = "cnrm.cloud.google.com/deletion-policy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """A resource, as far as every kind is alike; `spec` is to be taken to its end."""

    address: str
    kind: str
    name: str
    project: str
    labels: Mapping[str, str]
    spec: Fields
    notes: Mapping[str, PlanValue]
    by_address: Mapping[str, PlannedResource]

    @property
    def in_project(self) -> str:
        return f"--project={self.project}"

    @property
    def label_flag(self) -> str:
        return ",".join(f"{key}={self.labels[key]}" for key in sorted(self.labels))

    def referred(self, value: PlanValue) -> "Thing | str":
        """What a reference leads to: another thing, or the path of what exists without us."""
        if isinstance(value, Attribute):
            return thing(self.by_address[value.address], self.by_address)
        if isinstance(value, Mapping) and isinstance(value.get("external"), str):
            return str(value["external"])
        raise Unsaid(path=self.address)

    def path_of(self, value: PlanValue, collection: str) -> str:
        """The whole path of what a reference leads to, in a collection of its project."""
        found = self.referred(value)
        if isinstance(found, str):
            return found
        return f"projects/{found.project}/{collection}/{found.name}"

    def name_of(self, value: PlanValue) -> str:
        """The name of what a reference leads to; of a path its last part."""
        found = self.referred(value)
        return found.rpartition("/")[2] if isinstance(found, str) else found.name


def thing(resource: PlannedResource, by_address: Mapping[str, PlannedResource]) -> Thing:
    body = Fields(resource.properties, "")
    metadata = body.fields("metadata")
    spec = body.fields("spec")
    body.done()
    annotations = metadata.fields("annotations")
    project = annotations.needed(_PROJECT)
    annotations.take(_DELETION)  # nothing is ever removed by the script
    annotations.done()
    metadata.take("namespace")
    given = metadata.needed("name")
    labels = metadata.pairs("labels")
    metadata.done()
    return Thing(
        address=resource.address,
        kind=resource.type.rpartition("/")[2],
        name=spec.text("resourceID") or given,
        project=project,
        labels=labels,
        spec=spec,
        notes=resource.notes,
        by_address=by_address,
    )
