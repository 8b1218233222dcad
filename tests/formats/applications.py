"""The applications whose pictures readers are shown."""

from pathlib import Path

ROOT = Path(__file__).parents[2]

_APPLICATIONS = ROOT.parent / "shared/apps"

FOLDERS = (
    ROOT / "fixtures/minimal",
    ROOT / "fixtures/shop",
    *(sorted(it for it in _APPLICATIONS.glob("*/") if it.is_dir())),
)
"""Those of this repository, and those beside it where it has them."""
