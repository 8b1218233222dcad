"""What a generator makes: a file that is not written yet."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Artifact:
    """A text and where it goes; `path` has forward slashes and is relative to the output."""

    path: str
    content: str
    is_executable: bool = False
