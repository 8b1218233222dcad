"""Payload types: what a type as source writes it looks like as JSON, and what fits it."""

from infragraph.frontend.types.facts import carried_facts, message_type, type_facts
from infragraph.frontend.types.instances import instance_type
from infragraph.frontend.types.surroundings import constant_at

__all__ = ["carried_facts", "constant_at", "instance_type", "message_type", "type_facts"]
