"""Pictures of whole applications, as the command draws them."""

from functools import cache
from pathlib import Path

from infragraph.usecases.diagram import Wanted, draw
from infragraph.views.choosing import offered
from infragraph.views.scene import Scene
from tests.formats.documents import graph_of
from tests.layout.graphviz import lay_out

OWNERS = {
    "accounts": "team-customers",
    "catalog": "team-range",
    "emails": "team-customers",
    "orders": "team-checkout",
    "payments": "team-checkout",
    "reports": "team-insight",
    "shipping": "team-warehouse",
}


@cache
def scene_of(folder: Path) -> Scene:
    return Scene(graph=graph_of(folder), owners=OWNERS)


def pictures(scene: Scene, form: str) -> dict[str, str]:
    """Every view that there is, by a name for its file."""
    return {view.replace(":", "-"): picture(scene, form, view) for view in offered(scene.graph)}


def picture(scene: Scene, form: str, view: str = "system") -> str:
    wanted = Wanted(form=form, view=view, depth=1, source_url=None)
    text = draw(scene, (), wanted, lay_out)
    assert isinstance(text, str)
    return text
