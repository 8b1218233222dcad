"""Declarations: inert objects of the standard library alone, whose verbs go through one slot."""
