"""Brokers: one module each, behind one small interface."""
