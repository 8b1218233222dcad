"""What the standard library does with the functions and resources it is given.

Only what decides where a resource ends up: the rest of it is unknown code. Each module holds one
theme's functions in a table, by their dotted names.
"""

from infragraph.frontend.stdlib.library import StandardLibrary

__all__ = ["StandardLibrary"]
