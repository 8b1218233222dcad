"""CloudFormation: a plan for AWS as the one template, or the templates, of its environment."""

from infragraph.formats.cloudformation.render import render

__all__ = ["render"]
