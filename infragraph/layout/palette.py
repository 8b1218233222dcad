"""The colours of a picture, by light and by night.

Each kind has a hue of its own, but none is known by it alone: there are outlines and words too.
"""

from collections.abc import Mapping
from dataclasses import dataclass

FONT = 'Helvetica, Arial, "Liberation Sans", Roboto, "Noto Sans", sans-serif'


@dataclass(frozen=True, slots=True, kw_only=True)
class Tint:
    """What fills an outline, what draws it, and what its kind is written in."""

    fill: str
    line: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    paper: str
    ink: str
    muted: str
    container: str
    container_line: str
    arrow: str
    cycle: str
    dead_letter: str
    kinds: Mapping[str, Tint]


LIGHT = Palette(
    paper="#ffffff",
    ink="#1b1f24",
    muted="#57606a",
    container="#f6f8fa",
    container_line="#c4ccd6",
    arrow="#6b7683",
    cycle="#a3360a",
    dead_letter="#b42318",
    kinds={
        "bucket": Tint(fill="#f1f5dc", line="#6f8000", words="#566300"),
        "cron": Tint(fill="#f3ebfc", line="#8250df", words="#6a3dbd"),
        "database": Tint(fill="#e3f1fb", line="#1a74b0", words="#135c8d"),
        "dead-letter": Tint(fill="#fdeceb", line="#b42318", words="#a01d13"),
        "endpoint": Tint(fill="#e8ecfd", line="#4459c4", words="#3a4db0"),
        "external": Tint(fill="#eeeff1", line="#6b7683", words="#515b66"),
        "missing": Tint(fill="#ffffff", line="#b42318", words="#a01d13"),
        "secret": Tint(fill="#fceaf4", line="#b8347f", words="#992767"),
        "service": Tint(fill="#eaf0f7", line="#3f5f86", words="#3a5a82"),
        "shared": Tint(fill="#ffffff", line="#47515d", words="#47515d"),
        "subscription": Tint(fill="#def5ec", line="#12805c", words="#0c6448"),
        "topic": Tint(fill="#fdf0d9", line="#b26a00", words="#865000"),
    },
)

DARK = Palette(
    paper="#0f141a",
    ink="#e8edf2",
    muted="#a3adb8",
    container="#161c24",
    container_line="#37424e",
    arrow="#8d99a6",
    cycle="#ff9d6b",
    dead_letter="#ff8a80",
    kinds={
        "bucket": Tint(fill="#262b12", line="#a3b63d", words="#c0d160"),
        "cron": Tint(fill="#2a2140", line="#a88bf0", words="#c3aefa"),
        "database": Tint(fill="#12293b", line="#5aa9de", words="#84c4f0"),
        "dead-letter": Tint(fill="#3a1a18", line="#ff8a80", words="#ffa8a0"),
        "endpoint": Tint(fill="#1e2547", line="#8495f2", words="#a9b6fa"),
        "external": Tint(fill="#262d35", line="#8d99a6", words="#b4bec9"),
        "missing": Tint(fill="#0f141a", line="#ff8a80", words="#ffa8a0"),
        "secret": Tint(fill="#3a1a2e", line="#e77bb8", words="#f2a3d0"),
        "service": Tint(fill="#1a2735", line="#86a8cf", words="#a5c3e6"),
        "shared": Tint(fill="#1d252e", line="#a3adb8", words="#b4bec9"),
        "subscription": Tint(fill="#10302a", line="#47bd96", words="#74d9b6"),
        "topic": Tint(fill="#38290f", line="#e0a040", words="#f0bb6c"),
    },
)
