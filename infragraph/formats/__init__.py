"""Formats: one module or package for each form of output, none of which imports another."""
