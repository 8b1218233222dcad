"""Services, workers and jobs: each replaced by its whole document."""

from collections.abc import Callable, Iterator

from infragraph.documents.yaml import written
from infragraph.formats.gcloud.knative import Document, job, located, service, worker_pool
from infragraph.formats.gcloud.steps import DOCUMENT, Action, Fed
from infragraph.formats.gcloud.things import Thing


def run_service(it: Thing) -> Iterator[Action]:
    yield _replaced(it, ("run", "services", "replace"), service)


def run_worker_pool(it: Thing) -> Iterator[Action]:
    yield _replaced(it, ("run", "worker-pools", "replace"), worker_pool)


def run_job(it: Thing) -> Iterator[Action]:
    yield _replaced(it, ("run", "jobs", "replace"), job)


def _replaced(
    it: Thing, command: tuple[str, ...], document: Callable[[Thing, str], Document]
) -> Action:
    region = it.spec.needed("location")
    content = document(it, _IMAGE)
    where: tuple[str, ...] = (f"--region={region}",)
    if it.kind == "RunWorkerPool":
        # Its command has no flag for a region, and reads a label of the document.
        content, where = located(content, region), ()
    text = written(content, comment=it.address)
    assert text.count(_IMAGE) == 1, "nothing but the image stands for the image"
    return Fed(command=(*command, DOCUMENT, *where, it.in_project), document=text, image=_IMAGE)


_IMAGE = "@image@infragraph@"
"""In YAML it needs no quotes where it stands for an image; labels and names never hold it."""
