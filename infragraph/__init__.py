"""Declare the infrastructure of an event-driven application as typed Python objects."""
