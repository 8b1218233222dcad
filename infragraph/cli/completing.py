"""What a shell offers that is not known before a folder is looked at."""

from pathlib import Path

from infragraph.diagnostics.configuration_problems import FILE
from infragraph.usecases.environments import PATTERN, target_of
from infragraph.usecases.problems import ALL_PROBLEMS, codes_by_slug
from infragraph.workspace.configuration import parse_configuration
from infragraph.workspace.reading import NotRead, read


def environments(path: object, cloud: object, incomplete: str) -> list[str]:
    """The environments of a cloud, or of all; of a pattern, what its names begin with."""
    folder = path if isinstance(path, str) and path else "."
    content = read(str(Path(folder) / FILE))
    if isinstance(content, NotRead):
        return []
    # A file that is not there is told of when the command is run.
    configuration, _ = parse_configuration(
        content, slugs=codes_by_slug(ALL_PROBLEMS), is_folder=_is_there, is_file=_is_there
    )
    return sorted(
        name.removesuffix(PATTERN)
        for name, settings in configuration.environments.items()
        if (cloud is None or target_of(settings) == cloud) and name.startswith(incomplete)
    )


def _is_there(_: str) -> bool:
    return True
