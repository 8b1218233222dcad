"""Layout: where everything in a picture stands, and the outlines of what is drawn there.

    diagram ──describe──▶ DOT ──Graphviz──▶ JSON ──read──▶ places ──draw──▶ sheet

A sheet holds outlines, lines and words in pixels, so that a format need only write them down.
"""
