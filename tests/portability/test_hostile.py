"""Whatever options and payloads an application has, the rules end, and say it in words."""

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from infragraph.portability.checks.example import application
from infragraph.portability.targets import ALL_TARGETS
from tests.compiling import diagnostics

TARGETS = tuple(target.name for target in ALL_TARGETS)
NUMBERS = st.integers() | st.sampled_from([0, 1, 10**40, 10**400])
DURATIONS = st.one_of(
    st.tuples(st.integers(0, 10**15 - 1), st.sampled_from(["ms", "s", "m", "h", "d"])).map(
        lambda parts: repr(f"{parts[0]}{parts[1]}")
    ),
    st.integers(0, 10**13).map(lambda count: f"timedelta(microseconds={count})"),
)
TEXTS = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=300)
CONSTANTS = TEXTS.map(repr) | st.integers(-5, 5).map(repr) | st.just('"\\ud800"')
FILTERS = st.dictionaries(
    st.sampled_from(["a", "b"]), st.lists(CONSTANTS, max_size=20), max_size=2
).map(
    lambda wanted: (
        "{" + ", ".join(f"{name!r}: [{', '.join(them)}]" for name, them in wanted.items()) + "}"
    )
)
SIZES = st.integers(0, 10**30)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_options_are_too_strange_for_the_rules(data: st.DataObject) -> None:
    def drawn(strategy: st.SearchStrategy[object]) -> object:
        return data.draw(strategy)

    retry = (
        f"Retry(max_attempts={drawn(NUMBERS)}, min_backoff={drawn(DURATIONS)}, "
        f"max_backoff={drawn(DURATIONS)})"
    )
    files = application(
        "aws",
        imports="Attribute, Retry, Service, Topic",
        needs="from datetime import timedelta\nfrom typing import Annotated, Any\n\n"
        "from annotated_types import MaxLen\n",
        fields="    a: Attribute[str]\n    b: Attribute[Any]\n"
        f"    c: Annotated[list[Annotated[str, MaxLen({drawn(SIZES)})]], MaxLen({drawn(SIZES)})]\n",
        topic=f'Topic[Order]("orders", ordering_key="a", retention={drawn(DURATIONS)})',
        subscription=f'shop.subscribe(orders, "ship", concurrency={drawn(NUMBERS)}, retry={retry}, '
        f"ack_deadline={drawn(DURATIONS)}, filter={drawn(FILTERS)}, "
        f"dead_letter={drawn(st.booleans())})",
        cron=f'shop.cron("reorder", every={drawn(DURATIONS)})',
    )

    found = diagnostics(files, *TARGETS)

    assert all(one.message and "{" not in one.message and one.help for one in found)
    assert all("https://" in one.help for one in found if one.code in {"IG4004", "IG4008"})


def test_types_that_all_hold_each_other_are_looked_into_once() -> None:
    """Every path through them would be 200 to the power of 8."""
    types = "".join(
        f"@dataclass\nclass Part{number}:\n"
        + "".join(
            f"    field{step}: 'Part{(number * 7 + step) % 200} | Part{(number + step) % 200}'\n"
            for step in range(8)
        )
        + "\n\n"
        for number in range(200)
    )
    files = application("aws", needs=f"\n\n{types}", fields="    part: Part0\n")
    text = files["shop.py"].replace("    part: Part0", "    part: 'Part0'")
    begun = time.process_time()

    diagnostics({"shop.py": text}, *TARGETS)

    assert time.process_time() - begun < 20
