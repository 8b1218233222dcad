from pathlib import Path

import pytest

from infragraph.usecases.applications import Chosen, Undecided, choose_root
from tests.workspace.trees import grow

TWO = {
    "one/infragraph.yaml": "application: first\n",
    "two/infragraph.yaml": "application: second\nunknown: key\n",
}


def test_a_path_without_or_with_its_own_configuration_is_the_root(tmp_path: Path) -> None:
    assert choose_root(str(tmp_path), None) == Chosen(root=str(tmp_path))

    grow(tmp_path, {**TWO, "infragraph.yaml": ""})

    assert choose_root(str(tmp_path), None) == Chosen(root=str(tmp_path))


def test_the_only_application_below_a_path_is_meant(tmp_path: Path) -> None:
    grow(tmp_path, {"one/infragraph.yaml": "", "tests/x/infragraph.yaml": ""})

    chosen = choose_root(str(tmp_path), None)

    assert isinstance(chosen, Chosen)
    assert chosen.root == f"{tmp_path}/one"
    assert chosen.note is not None


def test_one_of_several_has_to_be_chosen(tmp_path: Path) -> None:
    grow(tmp_path, TWO)

    undecided = choose_root(str(tmp_path), None)

    assert isinstance(undecided, Undecided)
    assert undecided.reason == (
        f"several applications lie below '{tmp_path}'; choose one with --app: first (one), two"
    )


@pytest.mark.parametrize("name", ["first", "one"])
def test_an_application_is_chosen_by_name_or_folder(tmp_path: Path, name: str) -> None:
    grow(tmp_path, TWO)

    assert choose_root(str(tmp_path), name) == Chosen(root=f"{tmp_path}/one")


def test_an_unknown_application_is_answered_with_the_nearest(tmp_path: Path) -> None:
    grow(tmp_path, TWO)

    undecided = choose_root(str(tmp_path), "frist")

    assert isinstance(undecided, Undecided)
    assert undecided.reason.endswith("is called 'frist'; did you mean 'first'?")
