"""The order in which readers run again."""

from infragraph.frontend.activation import Activation, Judgement
from infragraph.frontend.program import Module
from infragraph.frontend.values import ModuleValue
from infragraph.frontend.worklist import Worklist
from infragraph.model.facts import ModuleFacts


def activation() -> Activation:
    module = Module(
        name="shop",
        path="shop.py",
        is_package=False,
        is_library=False,
        facts=ModuleFacts(doc=None, body=(), directives=(), fault=None),
        bindings={},
        uses={},
    )
    return Activation(module, None, None, ())


def test_judgements_go_before_activations() -> None:
    work = Worklist()
    run, judgement = activation(), Judgement(ModuleValue("shop"), is_strict=False)
    work.wake(run)
    work.wake(judgement)

    assert [work.take(), work.take(), work.take()] == [judgement, run, None]


def test_what_has_run_in_the_meantime_does_not_run_again() -> None:
    work = Worklist()
    first, second = activation(), activation()
    work.wake(first)
    work.wake(second)
    work.enter(first)
    work.leave()

    assert [work.take(), work.take()] == [second, None]


def test_what_is_woken_while_it_runs_runs_again() -> None:
    work = Worklist()
    run = activation()
    work.enter(run)
    work.wake(run)
    work.leave()

    assert work.take() is run
