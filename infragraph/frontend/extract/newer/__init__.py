"""Syntax newer than the running Python, read by libcst as the nodes that `ast` would have made."""
