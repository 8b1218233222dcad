"""What every cloud is given: the names of the variables by which a service learns addresses."""

from infragraph.model.variables import collisions, variable, variables

__all__ = ["collisions", "variable", "variables"]
