import re

from hypothesis import given
from hypothesis import strategies as st

from infragraph.documents.component_names import component_names


def test_a_type_is_called_by_the_last_part_of_its_name() -> None:
    names = component_names(["shop.accounts.models.Account", "shop.Page(shop.models.Order)"])

    assert names == {
        "shop.Page(shop.models.Order)": "Page_Order",
        "shop.accounts.models.Account": "Account",
    }


def test_types_that_end_alike_keep_what_tells_them_apart() -> None:
    names = component_names(
        ["shop.orders.models.Status", "shop.parcels.models.Status", "shop.Parcel"]
    )

    assert names == {
        "shop.Parcel": "Parcel",
        "shop.orders.models.Status": "orders.models.Status",
        "shop.parcels.models.Status": "parcels.models.Status",
    }


def test_a_name_in_another_script_is_spelled_in_codes() -> None:
    assert component_names(["shop.Größe"]) == {"shop.Größe": "Gr-f6--df-e"}


payloads = st.text(
    st.sampled_from("aB.(),_-é1") | st.characters(categories=["L", "N", "P"]), max_size=12
)


@given(st.sets(payloads))
def test_names_are_legal_and_all_different(payloads: set[str]) -> None:
    names = component_names(payloads)

    assert set(names) == payloads
    assert len(set(names.values())) == len(payloads)
    assert all(re.fullmatch(r"[a-zA-Z0-9._-]+", name) for name in names.values())


@given(st.permutations(["a.X", "b.X", "X", "a.Y(b.X)", "c.Y(a.X)", "a_X", "a.b.X"]))
def test_names_do_not_depend_on_order(payloads: list[str]) -> None:
    assert component_names(payloads) == component_names(sorted(payloads))
