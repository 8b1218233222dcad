"""`infragraph run`: the whole application on one machine."""
