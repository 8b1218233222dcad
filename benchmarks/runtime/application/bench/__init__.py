"""The application that is measured."""

from infragraph import Service

bench = Service("bench")
