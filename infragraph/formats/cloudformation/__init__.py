"""CloudFormation: a plan for AWS as the one template, or the templates, of its environment."""

from infragraph.formats.cloudformation.render import render, render_whole, stack_name
from infragraph.formats.cloudformation.sizes import too_long

__all__ = ["render", "render_whole", "stack_name", "too_long"]
