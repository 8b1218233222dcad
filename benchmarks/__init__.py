"""How fast the analysis is beside tools of its kind, and whether it finds all there is."""
