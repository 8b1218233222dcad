"""Make the text that an application starts from: its image, and its pipeline.

    tree, project files ──read──▶ Image, Pipeline ──render──▶ artifacts

Nothing here reads or writes by itself; people own what comes of it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from infragraph.model.artifact import Artifact
from infragraph.model.environment import Environment
from infragraph.model.graph import InfraGraph
from infragraph.model.source import SourceFile
from infragraph.scaffold import docker, pipeline
from infragraph.scaffold.lock import DISTRIBUTION, Lock, parse_lock
from infragraph.scaffold.pythons import chosen, required_python
from infragraph.scaffold.unsuitable import Unsuitable
from infragraph.targets.gcp import names as gcp_names
from infragraph.targets.gcp.setting import Setting as GcpSetting
from infragraph.usecases import environments
from infragraph.workspace.configuration import Configuration, Setting
from infragraph.workspace.tree import LIBRARIES

OUTPUT = "deploy"
"""Where manifests go unless told otherwise, below the application's folder."""

Read: TypeAlias = Callable[[str], bytes | None]
"""The contents of a file beside `infragraph.yaml`, None where there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Boilerplate:
    """Files by path, and what there is to say to whoever asked for them."""

    artifacts: tuple[Artifact, ...]
    notes: tuple[str, ...]


def image(
    application: str, sources: Iterable[SourceFile], configuration: Configuration, read: Read
) -> Boilerplate | Unsuitable:
    """`Dockerfile` and `.dockerignore`, for the folder of `infragraph.yaml`."""
    content = read("uv.lock")
    lock = None if content is None else parse_lock(content)
    own = [file for file in sources if not file.path.startswith(LIBRARIES)]
    made = docker.artifacts(
        docker.Image(
            application=application,
            python=chosen(_text(read(".python-version")), _required(read)),
            sources=tuple(sorted({file.path.partition("/")[0] for file in own})),
            roots=tuple(sorted({_root(file) for file in own})),
            settings=tuple(sorted(_overrides(configuration.environments))),
            left_out=() if lock is None else lock.compiler_only,
            output=OUTPUT,
            has_environments=bool(configuration.environments),
            trusts_rds="aws" in map(environments.target_of, configuration.environments.values()),
        )
    )
    if isinstance(made, Unsuitable):
        return made
    notes: list[str] = []
    if content is None:
        notes.append("there is no uv.lock, which the image is built from; run 'uv lock'")
    elif lock is None:
        notes.append("uv.lock cannot be read; run 'uv lock' and generate again")
    elif not lock.has_runtime:
        notes.append(f"uv.lock has no {DISTRIBUTION} that is needed to run; run 'uv add' for it")
    else:
        notes += _missing_extras(lock, configuration)
    return Boilerplate(artifacts=made, notes=tuple(notes))


def workflow(
    graph: InfraGraph, folder: str, configuration: Configuration, read: Read
) -> Boilerplate | Unsuitable:
    """A workflow for the top of the repository, below which the application is in `folder`."""
    content = read("uv.lock")
    lock = None if content is None else parse_lock(content)
    deployments = tuple(_deployments(graph, configuration.environments))
    made = pipeline.artifacts(
        pipeline.Pipeline(
            deployments=deployments,
            folder=folder,
            has_private_index=lock is not None and lock.has_private_index,
        )
    )
    if isinstance(made, Unsuitable):
        return made
    left = configuration.environments.keys() - {one.name for one in deployments}
    notes = [
        f"the workflow does not deploy to '{name}', which "
        + ("serves no pull requests" if name.endswith("*") else "is not complete")
        for name in sorted(left)
    ]
    return Boilerplate(artifacts=made, notes=tuple(notes))


def _missing_extras(lock: Lock, configuration: Configuration) -> Iterator[str]:
    """What services start without on a cloud, and fail for; a workflow deploys with the same."""
    targets = {environments.target_of(one) for one in configuration.environments.values()}
    wanted = ["runtime", *sorted(name for name in targets if name is not None)]
    missing = [name for name in wanted if name not in lock.extras]
    if missing:
        extras = ",".join(wanted)
        yield (
            f"what services run with lacks the extras {', '.join(missing)} of {DISTRIBUTION}; "
            f"run 'uv add \"{DISTRIBUTION}[{extras}]\"'"
        )


def _deployments(
    graph: InfraGraph, settings: Mapping[str, Setting]
) -> Iterator[pipeline.Deployment]:
    for name in sorted(settings):
        one = settings[name]
        target = environments.target_of(one)
        if target is None or not isinstance(one, Mapping):
            continue
        needed = environments.NEEDED[target]
        if any(key not in one for key in needed):
            continue
        if name.endswith(environments.PATTERN) and name != pipeline.PREVIEWS:
            continue
        read = environments.read(name, name, one)
        yield pipeline.Deployment(
            name=name,
            target=read.target,
            region=read.region,
            repository=_repository(graph, read),
            account=read.account,
            project=read.project,
            size=read.size,
            image_platform=read.image_platform,
        )


def _repository(graph: InfraGraph, environment: Environment) -> str:
    """Where the first stack of AWS, and the objects of Google Cloud, have images."""
    region = environment.region
    if environment.target == "aws":
        # https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html (read 2026-11-25)
        suffix = "amazonaws.com.cn" if region.startswith("cn-") else "amazonaws.com"
        return f"{environment.account}.dkr.ecr.{region}.{suffix}/{graph.application}"
    name = gcp_names.repository_name(GcpSetting(graph=graph, environment=environment))
    return f"{region}-docker.pkg.dev/{environment.project}/{name}/{graph.application}"


def _overrides(settings: Mapping[str, Setting]) -> Iterator[str]:
    for one in settings.values():
        path = environments.overrides_of(one)
        if path is not None:
            yield path.removeprefix("./")


def _root(file: SourceFile) -> str:
    """The folder that the import of a module starts from, `""` being the top."""
    tail = f"{file.module.replace('.', '/')}{'/__init__' if file.is_package else ''}.py"
    if file.path == tail:
        return ""
    return file.path.removesuffix(f"/{tail}") if file.path.endswith(f"/{tail}") else ""


def _required(read: Read) -> str | None:
    content = read("pyproject.toml")
    return None if content is None else required_python(content)


def _text(content: bytes | None) -> str | None:
    return None if content is None else content.decode(errors="replace")
