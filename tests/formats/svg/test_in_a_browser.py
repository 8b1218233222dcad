"""What a browser makes of an SVG: the words as it sets them, in two fonts."""

from base64 import b64encode
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.formats.pictures import picture, pictures, scene_of

pytestmark = pytest.mark.slow

# Boxes as they are painted, in the picture's own pixels, without what is legend or note.
_MEASURE = """(font) => {
  const style = document.createElementNS("http://www.w3.org/2000/svg", "style");
  style.textContent = `text { font-family: ${font} !important }`;
  document.documentElement.append(style);
  const box = (it) => { const b = it.getBBox(); return [b.x, b.y, b.x + b.width, b.y + b.height]; };
  const outside = [];
  for (const shape of document.querySelectorAll("#picture .shape")) {
    const [left, top, right, bottom] = box(shape.querySelector(".outline"));
    for (const text of shape.querySelectorAll("text")) {
      const [l, t, r, b] = box(text);
      if (l < left || t < top || r > right || b > bottom) outside.push(text.textContent);
    }
  }
  for (const group of document.querySelectorAll("#picture .group")) {
    const [left, , right] = box(group.querySelector(".container"));
    for (const text of group.querySelectorAll("text")) {
      const [l, , r] = box(text);
      if (l < left || r > right) outside.push(text.textContent);
    }
  }
  return outside;
}"""


@pytest.mark.parametrize("font", ["Arial, 'Liberation Sans'", "'DejaVu Sans'"])
def test_words_keep_within_their_shapes(
    browser: Browser, root: Path, tmp_path: Path, font: str
) -> None:
    for name, text in pictures(scene_of(root / "fixtures/shop"), "svg").items():
        file = tmp_path / f"{name}.svg"
        file.write_text(text, encoding="utf-8")
        page = browser.new_page()
        page.goto(file.as_uri())

        assert (name, page.evaluate(_MEASURE, font)) == (name, [])
        page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_image_follows_the_colours_of_the_system(
    browser: Browser, root: Path, scheme: str
) -> None:
    text = picture(scene_of(root / "fixtures/shop"), "svg")
    address = f"data:image/svg+xml;base64,{b64encode(text.encode()).decode()}"
    page = browser.new_page(color_scheme="dark" if scheme == "dark" else "light")
    page.set_content(f'<img src="{address}">')

    corner = page.evaluate(
        """() => {
          const context = document.createElement("canvas").getContext("2d");
          context.drawImage(document.querySelector("img"), 0, 0);
          return [...context.getImageData(2, 2, 1, 1).data];
        }"""
    )

    page.close()
    assert corner == {"light": [255, 255, 255, 255], "dark": [15, 20, 26, 255]}[scheme]
