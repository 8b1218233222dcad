"""A report as text for people, or as a form that another program reads."""
