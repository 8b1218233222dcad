"""Python imports the package of the same name, so this is part of nothing."""

from infragraph import Service

billing = Service("hidden")
