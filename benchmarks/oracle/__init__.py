"""Finds an application's graph by parsing every file, with nothing of the analysis itself.

It knows what the generator writes, and no more: names, re-exports, calls, arguments, attributes
that a constructor sets. It is slow and short, so that it can be trusted where it disagrees.
"""
