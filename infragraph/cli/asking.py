"""The run behind `infragraph query`: graph, answer, renderer, exit code."""

import sys

from infragraph.cli.exits import Exit, stop
from infragraph.cli.output import note, show, to_screen
from infragraph.cli.query import Options
from infragraph.cli.scenes import scene_at
from infragraph.usecases import answer_json, answer_text
from infragraph.usecases.query import BY_NAME, answer
from infragraph.views.lookup import NotFound


def ask(question: str, names: tuple[str, ...], options: Options) -> Exit:
    """An empty answer has an exit code of its own, so that a script can go by it."""
    graph = scene_at(options.path, options.application, options.python).scene.graph
    given = answer(graph, BY_NAME[question], names)
    if isinstance(given, NotFound):
        stop(given.reason)
    if options.form == "json":
        show(to_screen(answer_json.render(given, graph)))
    else:
        show(answer_text.render(given))
        for line in given.notes:
            note(line)
        if not given.found:
            sys.stderr.write(f"{given.nothing}\n")
    return Exit.CLEAN if given.found else Exit.FINDINGS
