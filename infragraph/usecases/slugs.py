"""The slugs of all problems, whose modules are loaded once somebody asks for one."""

from collections.abc import Iterator, Mapping


class Slugs(Mapping[str, str]):
    """Every slug with its code; most applications name none of them."""

    __slots__ = ("_codes",)

    def __init__(self) -> None:
        self._codes: Mapping[str, str] | None = None

    def __getitem__(self, slug: str) -> str:
        return self._known()[slug]

    def __iter__(self) -> Iterator[str]:
        return iter(self._known())

    def __len__(self) -> int:
        return len(self._known())

    def _known(self) -> Mapping[str, str]:
        if self._codes is None:
            from infragraph.usecases.problems import ALL_PROBLEMS, codes_by_slug  # noqa: PLC0415

            self._codes = codes_by_slug(ALL_PROBLEMS)
        return self._codes
