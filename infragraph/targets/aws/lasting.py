"""What outlives its stack: nothing of a preview, and elsewhere all that holds data."""

from infragraph.model.environment import Size
from infragraph.model.plan import Retention
from infragraph.targets.aws.shared import Setting


def is_disposable(setting: Setting) -> bool:
    return setting.environment.size is Size.PREVIEW


def kept(setting: Setting) -> Retention:
    """For what holds data."""
    return Retention.DELETE if is_disposable(setting) else Retention.RETAIN
