"""Patterns in the language of `.gitignore`."""

import re
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What one line matches, and whether it takes a match back or speaks of directories only."""

    matches: re.Pattern[str]
    is_negated: bool
    is_directory_only: bool


def rules(lines: Iterable[str]) -> tuple[Rule, ...]:
    return tuple(rule for line in lines if (rule := _rule(line)) is not None)


def ignores(rules_in_order: tuple[Rule, ...], path: str, *, is_directory: bool) -> bool:
    """Whether the last rule that matches `path`, relative to the rules' folder, leaves it out."""
    for rule in reversed(rules_in_order):
        if rule.is_directory_only and not is_directory:
            continue
        if rule.matches.fullmatch(path):
            return not rule.is_negated
    return False


def _rule(line: str) -> Rule | None:
    pattern = line.rstrip("\r\n")
    while pattern.endswith((" ", "\t")) and not pattern.endswith("\\ "):
        pattern = pattern[:-1]
    if not pattern or pattern.startswith("#"):
        return None
    is_negated = pattern.startswith("!")
    if is_negated:
        pattern = pattern[1:]
    is_directory_only = pattern.endswith("/")
    pattern = pattern.rstrip("/")
    if not pattern:
        return None
    # A slash anywhere but at the end ties the pattern to the folder of the file it stands in.
    segments = pattern.lstrip("/").split("/") if "/" in pattern else ["**", pattern]
    try:
        with warnings.catch_warnings():
            # What a set like `[[a]` may come to mean in a later Python's expressions.
            warnings.simplefilter("ignore", FutureWarning)
            matches = re.compile(_expression(segments), re.DOTALL)
    except re.error:
        return None
    return Rule(matches=matches, is_negated=is_negated, is_directory_only=is_directory_only)


def _expression(segments: Sequence[str]) -> str:
    """What matches a path; of each wildcard but the last of its sort only the first match is tried.

    That one leaves the most to the rest of the pattern, so that nothing is missed, and a pattern of
    many wildcards takes no longer than one of few.
    """
    runs: list[list[str]] = [[]]
    for segment in segments:
        if segment == "**":
            runs.append([])
        else:
            runs[-1].append(_segment(segment))
    first, *rest = runs
    if not rest:
        return "/".join(first)
    if not rest[-1]:
        # `a/**` is everything below.
        last = ".+"
        rest.pop()
    else:
        last = f"(?:.*/)?{'/'.join(rest.pop())}"
    between = [f"(?>(?:[^/]*/)*?{'/'.join(run)}/)" for run in rest if run]
    return "".join([*(f"{one}/" for one in first), *between, last])


def _segment(segment: str) -> str:
    parts = [""]
    index = 0
    while index < len(segment):
        if segment[index] == "*":
            while segment.startswith("*", index):
                index += 1
            parts.append("")
        else:
            text, index = _single(segment, index)
            parts[-1] += text
    first, *rest = parts
    if not rest:
        return first
    *between, last = rest
    return "".join([first, *(f"(?>[^/]*?{part})" for part in between), "[^/]*", last])


def _single(pattern: str, index: int) -> tuple[str, int]:
    character = pattern[index]
    if character == "?":
        return "[^/]", index + 1
    if character == "[":
        is_negation = pattern[index + 1 : index + 2] in ("!", "^")
        end = pattern.find("]", index + (3 if is_negation else 2))
        if end > 0:
            body = pattern[index + 1 : end].replace("\\", "\\\\")
            return f"[^/{body[1:]}]" if is_negation else f"[{body}]", end + 1
    if character == "\\" and index + 1 < len(pattern):
        return re.escape(pattern[index + 1]), index + 2
    return re.escape(character), index + 1
