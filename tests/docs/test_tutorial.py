"""The tutorial shows what the command really says, and its edits do what it says they do."""

import json

import pytest

from docs.generate import ROOT, TUTORIAL, output_beside, tutorial_application
from docs.generating.walkthrough import Files, blocks, edited, filled

PAGE = (ROOT / TUTORIAL).read_text(encoding="utf-8")

SMALL = """\
```console
$ pip install infragraph-cli
$ infragraph analyze
out of date
```

```json
{"source": "a", "relation": "publishes", "target": "b"}
```

```diff
--- shop.py
-old
+new
```

```console
$ infragraph explain it
```
"""


def texts(language: str) -> list[str]:
    return [block.text for block in blocks(PAGE) if block.language == language]


def echo(arguments: list[str], files: Files) -> str:
    if "json" in arguments:
        ends = {"source": "a", "relation": "publishes", "target": "b"}
        return json.dumps({"edges": [{**ends, "weight": 1}]})
    return f"{' '.join(arguments)} where shop.py is {files['shop.py']}"


def test_every_output_and_edge_is_what_the_command_prints() -> None:
    assert filled(PAGE, tutorial_application(), output_beside) == PAGE


def test_outputs_follow_the_edits_before_them() -> None:
    page = filled(SMALL, {"shop.py": "old\n"}, echo)

    assert [block.text for block in blocks(page)] == [
        "$ pip install infragraph-cli\n$ infragraph analyze\nanalyze where shop.py is old\n",
        '{\n  "source": "a",\n  "relation": "publishes",\n  "target": "b",\n  "weight": 1\n}\n',
        "--- shop.py\n-old\n+new\n",
        "$ infragraph explain it\nexplain it where shop.py is new\n",
    ]


def test_an_edit_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match=r"'old\\n' does not stand once in shop\.py"):
        edited({"shop.py": "old\nold\n"}, "--- shop.py\n-old\n+new\n")


def test_every_python_block_is_a_part_of_the_application() -> None:
    sources = tutorial_application().values()

    shown = texts("python")

    assert shown != []
    assert [text for text in shown if not any(text in source for source in sources)] == []


def test_it_ends_with_the_application_as_it_was() -> None:
    files = tutorial_application()

    now = files
    for diff in texts("diff"):
        now = edited(now, diff)

    assert texts("diff") != []
    assert now == files
