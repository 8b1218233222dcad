"""The pytest plugin: an application in an environment of its own, in one process."""

# `typing.TYPE_CHECKING` by another way: every run of pytest loads this, and asks for nothing of it.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from infragraph.testing.failures import InjectedError
    from infragraph.testing.infra import DeadMessage, Infra
    from infragraph.testing.trace import Step, Trace
    from infragraph.testing.world import BusyError

__all__ = ["BusyError", "DeadMessage", "Infra", "InjectedError", "Step", "Trace"]

_MODULES = {
    "BusyError": "world",
    "DeadMessage": "infra",
    "Infra": "infra",
    "InjectedError": "failures",
    "Step": "trace",
    "Trace": "trace",
}


if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        if name not in _MODULES:
            message = f"module {__name__!r} has no attribute {name!r}"
            raise AttributeError(message)
        module = __import__(f"infragraph.testing.{_MODULES[name]}", fromlist=(name,))
        return getattr(module, name)


del TYPE_CHECKING
