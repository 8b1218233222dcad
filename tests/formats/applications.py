"""The applications whose pictures and documents readers are shown."""

from pathlib import Path

ROOT = Path(__file__).parents[2]

_BESIDE = ROOT.parent / "shared/apps"

# By name, since a test of one that is not there has to be seen to skip.
BESIDE = tuple(
    sorted({_BESIDE / "saas", _BESIDE / "uptime", *(it.parent for it in _BESIDE.glob("*/*.yaml"))})
)
"""Those beside this repository, which need not be there."""

FOLDERS = (ROOT / "fixtures/minimal", ROOT / "fixtures/shop", *BESIDE)
"""Those whose pictures are drawn in every format."""

APPLICATIONS = (
    *sorted(
        it.parent
        for folder in ("fixtures", "tests/applications")
        for it in (ROOT / folder).glob("*/infragraph.yaml")
    ),
    *BESIDE,
)
"""All that there are."""


def present() -> tuple[Path, ...]:
    """For a test of all at once, which those that are not there do not keep from running."""
    return tuple(it for it in APPLICATIONS if it.is_dir())
