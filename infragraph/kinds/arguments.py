"""A declaration's arguments, bound by the SDK's own signature and read one by one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from infragraph.diagnostics.diagnostic import Diagnostic
from infragraph.diagnostics.problem import Problem
from infragraph.kinds import readers
from infragraph.kinds.argument_problems import NAME_MALFORMED
from infragraph.kinds.binding import Given, bound, parameters_of
from infragraph.kinds.naming import LONGEST_NAME, proper_name, subject
from infragraph.kinds.placement import placement_findings
from infragraph.kinds.readers import Argument, Reader, Rejected
from infragraph.model.declaration import Declaration
from infragraph.model.source import SourceSpan
from infragraph.model.values import Known, Made, StaticValue, Unknown

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Arguments:
    """What a declaration was given, by option; each reader gives a value, or None and one finding.

    An option that was not written has the default of the SDK's signature; one that is missing, or
    whose value a finding already explains, is None without a second finding. `findings` grows with
    every reader.
    """

    subject: str
    call: SourceSpan
    by_option: Mapping[str, Argument]
    findings: list[Diagnostic]

    def read(self, option: str, reader: Reader[T]) -> T | None:
        """The option's value by a reader; the one place where what it rejects is caught."""
        argument = self.by_option.get(option)
        if argument is None or (argument.accepts_none and argument.is_none):
            return None
        try:
            return reader(argument)
        except Rejected as rejected:
            if rejected.diagnostic is not None:
                self.findings.append(rejected.diagnostic)
            return None

    def text(self, option: str) -> str | None:
        return self.read(option, readers.text)

    def name(self, option: str = "name") -> str | None:
        """A resource's name; one that does not match the pattern is reported and stays the name."""
        name = self.text(option)
        if name is not None and not proper_name(name):
            self.findings.append(
                NAME_MALFORMED.at(self.span(option), name=name, longest=LONGEST_NAME)
            )
        return name or None

    def flag(self, option: str) -> bool | None:
        return self.read(option, readers.flag)

    def number(self, option: str) -> int | None:
        return self.read(option, readers.number)

    def choice(self, option: str, choices: Sequence[str]) -> str | None:
        return self.read(option, readers.choice(choices))

    def duration(self, option: str) -> float | None:
        """Seconds, an `int` where they are whole."""
        return self.read(option, readers.duration)

    def size(self, option: str) -> int | None:
        """Bytes."""
        return self.read(option, readers.size)

    def texts(self, option: str) -> tuple[str, ...] | None:
        return self.read(option, readers.texts)

    def reference(self, option: str, kind: str, otherwise: Problem | None = None) -> str | None:
        """The key of what the option names; `otherwise` is the problem of any other kind."""
        return self.read(option, readers.reference(kind, otherwise))

    def is_none(self, option: str) -> bool:
        """Whether the option is `None`, as opposed to unknown."""
        argument = self.by_option.get(option)
        return argument is not None and argument.is_none

    def is_written(self, option: str) -> bool:
        """Whether source gives the option, as opposed to leaving it to its default."""
        argument = self.by_option.get(option)
        return argument is not None and argument.is_written

    def span(self, option: str) -> SourceSpan:
        """Where the option's value is written; the call where it is not."""
        argument = self.by_option.get(option)
        return argument.value.span if argument is not None else self.call

    def of(self, argument: Argument, constructor: Callable[..., Any]) -> "Arguments | None":
        """The arguments of an inert object such as `Retry(max_attempts=5)`; findings are ours."""
        if not isinstance(argument.value, Made):
            return None
        made = argument.value
        given = Given(
            subject=f"'{argument.option}' of {argument.subject}",
            call=made.span,
            positional=made.positional,
            keywords=made.keywords,
            is_open=False,
        )
        options = bound(given, constructor)
        self.findings.extend(options.findings)
        return replace(self, subject=given.subject, call=given.call, by_option=options.by_option)


def bind(declaration: Declaration, constructor: Callable[..., Any]) -> Arguments:
    """The arguments of a declaration, with findings on what the SDK's signature does not take."""
    misplaced = placement_findings(declaration)
    positional, keywords = declaration.positional, declaration.keywords
    if misplaced:
        # What a loop or a factory passes is seldom constant: its place is the one mistake.
        positional = tuple(_reported(value) for value in positional)
        keywords = tuple(replace(given, value=_reported(given.value)) for given in keywords)
    given = Given(
        subject=_subject(declaration, constructor),
        call=declaration.call,
        positional=positional,
        keywords=keywords,
        is_open=declaration.is_open,
    )
    options = bound(given, constructor)
    return Arguments(
        subject=given.subject,
        call=given.call,
        by_option=options.by_option,
        findings=[*misplaced, *options.findings],
    )


def _reported(value: StaticValue) -> StaticValue:
    return replace(value, is_reported=True) if isinstance(value, Unknown) else value


def _subject(declaration: Declaration, constructor: Callable[..., Any]) -> str:
    """What messages call the declaration, by the name it was given where that is known."""
    names = [parameter.name for parameter in parameters_of(constructor)]
    given = {keyword.name: keyword.value for keyword in declaration.keywords}
    given.update(zip(names, declaration.positional, strict=False))
    name = given.get("name")
    known = name.value if isinstance(name, Known) and isinstance(name.value, str) else None
    return subject(declaration.kind, known)
