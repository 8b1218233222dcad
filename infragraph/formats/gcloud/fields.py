"""A specification that is read field by field, and tells what nobody has read."""

from collections.abc import Mapping, Sequence

from infragraph.model.plan import PlanValue


class Unsaid(Exception):  # noqa: N818 - an outcome, which becomes a finding
    """A property for which there is no flag."""

    def __init__(self, *, path: str) -> None:
        super().__init__(path)
        self.path = path


class Fields:
    """The members of a mapping; each is taken once."""

    __slots__ = ("_path", "_rest")

    def __init__(self, value: PlanValue, path: str) -> None:
        if not isinstance(value, Mapping):
            raise Unsaid(path=path)
        self._rest = dict(value)
        self._path = path

    def __contains__(self, name: str) -> bool:
        return name in self._rest

    def take(self, name: str) -> PlanValue:
        """None where it is not there."""
        return self._rest.pop(name, None)

    def text(self, name: str) -> str | None:
        value = self.take(name)
        if value is None:
            return None
        if isinstance(value, bool):
            return "true" if value else "false"
        if not isinstance(value, str | int | float):
            raise Unsaid(path=self.path(name))
        return str(value)

    def needed(self, name: str) -> str:
        value = self.text(name)
        if value is None:
            raise Unsaid(path=self.path(name))
        return value

    def flag(self, name: str) -> bool:
        value = self.take(name)
        if value is not None and not isinstance(value, bool):
            raise Unsaid(path=self.path(name))
        return value is True

    def fields(self, name: str) -> "Fields":
        """What is below a name; of nothing, where there is nothing."""
        value = self.take(name)
        return Fields({} if value is None else value, self.path(name))

    def each(self, name: str) -> tuple["Fields", ...]:
        return tuple(
            Fields(item, f"{self.path(name)}.{at}") for at, item in enumerate(self.items(name))
        )

    def items(self, name: str) -> Sequence[PlanValue]:
        value = self.take(name)
        if value is None:
            return ()
        if isinstance(value, str) or not isinstance(value, Sequence):
            raise Unsaid(path=self.path(name))
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        found = self.items(name)
        if not all(isinstance(item, str) for item in found):
            raise Unsaid(path=self.path(name))
        return tuple(str(item) for item in found)

    def pairs(self, name: str) -> Mapping[str, str]:
        """Texts by name."""
        found = self.fields(name)
        return {key: found.needed(key) for key in list(found.names())}

    def expect(self, name: str, value: PlanValue) -> None:
        """What can only be as it is."""
        if self.take(name) != value:
            raise Unsaid(path=self.path(name))

    def names(self) -> tuple[str, ...]:
        return tuple(self._rest)

    def path(self, name: str) -> str:
        return f"{self._path}.{name}" if self._path else name

    def done(self) -> None:
        """That everything was taken."""
        for name in self._rest:
            raise Unsaid(path=self.path(name))
