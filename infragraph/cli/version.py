"""The version of the installed distribution."""

from importlib import metadata

DISTRIBUTION = "infragraph-cli"


def version() -> str:
    return metadata.version(DISTRIBUTION)
