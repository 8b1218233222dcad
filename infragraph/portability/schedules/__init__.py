"""When a cron runs, in the words of each cloud's scheduler."""

from infragraph.portability.schedules.cloud_scheduler import cloud_scheduler
from infragraph.portability.schedules.eventbridge import eventbridge
from infragraph.portability.schedules.inexpressible import Inexpressible

__all__ = ["Inexpressible", "cloud_scheduler", "eventbridge"]
