"""The browser of a test module, and a dashboard that is served beside it."""

from tests.formats.conftest import browser

__all__ = ["browser"]
