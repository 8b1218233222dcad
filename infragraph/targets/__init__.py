"""Targets: one package a cloud, graph → plan, none of which knows a format or another cloud."""
