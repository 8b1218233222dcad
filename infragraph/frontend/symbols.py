"""Names in types: the machine's modules as a table of symbols."""
