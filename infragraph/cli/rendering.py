"""A report in the form that was asked for."""

from infragraph.cli.outcome import Outcome
from infragraph.cli.output import columns, is_coloured
from infragraph.cli.request import Request
from infragraph.cli.version import VERSION
from infragraph.diagnostics.render.excerpt import Page
from infragraph.workspace.repository import prefix_in_repository
from infragraph.workspace.texts import Texts
from infragraph.workspace.tree import Tree


def rendered(found: Outcome, request: Request) -> str:
    report, tree = found.report, found.tree
    if request.form == "json":
        from infragraph.diagnostics.render import json  # noqa: PLC0415 - one format a run

        return json.render(report)
    if request.form == "sarif":
        from infragraph.diagnostics.render import sarif  # noqa: PLC0415
        from infragraph.usecases.problems import ALL_PROBLEMS, by_code  # noqa: PLC0415

        origin = sarif.Origin(
            version=VERSION,
            problems=by_code(ALL_PROBLEMS),
            prefix=prefix_in_repository(tree.root),
            text_of=Texts(tree.root, tree.sources).text_of,
        )
        return sarif.render(report, origin)
    if request.form == "github":
        from infragraph.diagnostics.render import github  # noqa: PLC0415

        return github.render(report, prefix=prefix_in_repository(tree.root))
    from infragraph.diagnostics.render import text  # noqa: PLC0415

    shown = page(tree, is_for_screen=request.output is None)
    if tree.configuration_mistakes:
        return text.render_findings(report, shown)
    return text.render(report, shown)


def page(tree: Tree, *, is_for_screen: bool) -> Page:
    """How findings of this tree are shown as text."""
    return Page(
        width=columns(),
        is_coloured=is_for_screen and is_coloured(),
        lines_of=Texts(tree.root, tree.sources).lines_of,
    )
