import pytest

from benchmarks.diagrams.sources import sources
from tests.compiling import compiled


@pytest.mark.parametrize("is_tangled", [False, True])
@pytest.mark.parametrize("size", [10, 100])
def test_an_application_has_as_many_nodes_as_asked_and_no_error(
    size: int, *, is_tangled: bool
) -> None:
    files = {
        path: text
        for path, text in sources(size, is_tangled=is_tangled).items()
        if path.endswith(".py")
    }

    graph, diagnostics = compiled(files)

    assert len(graph.nodes) == size
    assert [one for one in diagnostics if one.severity == "error"] == []
