// How long each interaction takes until what it changed is painted, in milliseconds.
async () => {
  const painted = () => new Promise((resolve) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = resolve;
    channel.port2.postMessage(0);
  }));
  const times = {};
  const measure = async (name, acts) => {
    times[name] = [];
    for (const act of acts) {
      await painted();
      const start = performance.now();
      act();
      await painted();
      times[name].push(performance.now() - start);
    }
  };
  const shapes = [...cards.values()];
  const names = Object.keys(data.sheets).slice(1);
  const key = (target, pressed) => target.dispatchEvent(
    new KeyboardEvent("keydown", { key: pressed, bubbles: true }));
  const type = (text) => () => {
    search.value = text;
    search.dispatchEvent(new Event("input"));
  };
  const wheel = (deltaY) => () => canvas.dispatchEvent(
    new WheelEvent("wheel", { deltaY, clientX: 500, clientY: 400, cancelable: true }));
  await measure("point at a shape", shapes.map((one) => () => one.made.dispatchEvent(
    new PointerEvent("pointerenter"))));
  await measure("choose a shape", shapes.map((one) => () => one.made.dispatchEvent(
    new MouseEvent("click", { bubbles: true }))));
  await measure("let go", [() => key(document.body, "Escape")]);
  await measure("open a service", names.map((open) => () => go({ open })));
  await measure("back to all services", [() => go({ open: "" })]);
  await measure("search", ["p", "pl", "pla", "place", "part-7", "no such thing"].map(type));
  type("")();
  await measure("filter by kind", [...element("kinds").children].map((one) => () => one.click()));
  element("reset").click();
  await measure("filter by service", [...element("service").options].slice(0, 20).map((one) => () => {
    element("service").value = one.value;
    element("service").dispatchEvent(new Event("change"));
  }));
  element("reset").click();
  await measure("zoom", [-200, -200, -400, -400, -400, 300, 600].map(wheel));
  await measure("fit into the window", [() => element("fit").click()]);
  await measure("go with an arrow key", Array.from({ length: 20 }, (_, step) => () => key(
    document.activeElement.closest(".shape") ?? [...cards.values()][0].made,
    step % 2 ? "ArrowDown" : "ArrowRight")));
  return times;
}
