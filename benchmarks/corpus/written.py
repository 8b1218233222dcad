"""What a generated application consists of before it is text.

A statement carries both its lines and what they mean, so that source and truth come from one value.
"""

from dataclasses import dataclass

from benchmarks.corpus.donors import DonorFile


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Use:
    relation: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Some lines of a body, what they use themselves, and the functions they lead to."""

    lines: tuple[str, ...]
    imports: tuple[str, ...] = ()
    uses: tuple[Use, ...] = ()
    leads_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """`entries` are the entry points it is the handler of; `name` is local to its module."""

    name: str
    parameters: str
    body: tuple[Statement, ...]
    returns: str = "None"
    decorators: tuple[str, ...] = ()
    imports: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Module:
    """`before` and `after` are whole blocks around the functions; `donor` is text above all."""

    name: str
    doc: str = ""
    is_package: bool = False
    owner: str | None = None
    imports: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    functions: tuple[Function, ...] = ()
    after: tuple[str, ...] = ()
    nodes: tuple[str, ...] = ()
    deliveries: tuple[str, ...] = ()
    matters: bool = True
    donor: DonorFile | None = None

    @property
    def path(self) -> str:
        return self.name.replace(".", "/") + ("/__init__.py" if self.is_package else ".py")


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """`others` are files that are no Python, by path; `edited` is where changes are measured."""

    modules: tuple[Module, ...]
    others: tuple[tuple[str, str], ...]
    edited: str
