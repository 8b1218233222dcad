import gc

import pytest

from infragraph.cli.collector import paused


def test_nothing_is_collected_inside_and_again_afterwards() -> None:
    with paused():
        assert not gc.isenabled()
        with paused():
            assert not gc.isenabled()
        assert not gc.isenabled()

    assert gc.isenabled()


def test_a_failure_inside_leaves_the_collector_as_it_was() -> None:
    with pytest.raises(KeyError), paused():
        raise KeyError

    assert gc.isenabled()
