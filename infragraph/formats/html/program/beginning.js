// What happens once all is defined.

element("title").textContent = data.title;
element("closer").addEventListener("click", () => zoomMiddle(1.3));
element("farther").addEventListener("click", () => zoomMiddle(1 / 1.3));
element("fit").addEventListener("click", fit);
element("close").addEventListener("click", () => go({ open: "" }));
window.addEventListener("hashchange", () => { if (location.hash !== followed) follow(); });
window.addEventListener("resize", fit);
// Paper has another size than the window, so that the browser fits the picture into it.
window.addEventListener("beforeprint", () => {
  const { width, height } = data.sheets[state.drawn];
  canvas.setAttribute("viewBox", `-10 -10 ${width + 20} ${height + 20}`);
  canvas.classList.remove("far", "farther");
  view.removeAttribute("transform");
});
window.addEventListener("afterprint", () => {
  canvas.removeAttribute("viewBox");
  look();
});
prepareFilters();
follow();
