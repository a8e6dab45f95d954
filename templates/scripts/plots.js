/* Shows the value of the nearest point of a curve: by pointer, by touch, or by the arrow keys. Places and words are the program's; the picture stays as it is. */
"use strict";
(() => {
  const clamp = (value, low, high) => Math.min(high, Math.max(low, value));

  const follow = (plot) => {
    const curves = JSON.parse(plot.querySelector("script").textContent);
    const plane = plot.querySelector(".plane");
    const dot = document.createElement("span");
    dot.className = "dot";
    const label = document.createElement("span");
    label.className = "value";
    label.setAttribute("role", "status");
    plane.append(dot, label);
    let curve = 0;
    let point = -1;

    const hide = () => {
      point = -1;
      plot.classList.remove("following");
      label.textContent = "";
    };

    /* What of the picture is seen: on a phone it is wider than its frame, which scrolls. */
    const seen = () => {
      const { left, right, width } = plane.getBoundingClientRect();
      const frame = plot.getBoundingClientRect();
      return [Math.max(0, frame.left - left), width - Math.max(0, right - frame.right)];
    };

    const show = () => {
      const [across, down, words] = curves[curve].points[point];
      plot.classList.add("following");
      label.textContent = `${curves[curve].label}: ${words}`;
      dot.style.left = `${100 * across}%`;
      dot.style.top = `${100 * down}%`;
      /* Above the point where there is room, and never over the edge of what is seen. */
      const { width, height } = plane.getBoundingClientRect();
      const [first, last] = seen();
      label.style.left = "0";
      label.style.maxWidth = `${last - first}px`;
      const left = clamp(across * width - label.offsetWidth / 2, first, Math.max(first, last - label.offsetWidth));
      const above = down * height - label.offsetHeight - 10;
      label.style.left = `${left}px`;
      label.style.top = `${above >= 0 ? above : down * height + 12}px`;
    };

    const nearest = (event) => {
      const { left, top, width, height } = plane.getBoundingClientRect();
      let least = Infinity;
      curves.forEach((entry, position) => {
        entry.points.forEach(([across, down], place) => {
          const distance = Math.hypot(left + across * width - event.clientX, top + down * height - event.clientY);
          if (distance < least) [least, curve, point] = [distance, position, place];
        });
      });
      show();
    };

    const step = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };
    plot.tabIndex = 0;
    plot.setAttribute("role", "application");
    plot.setAttribute("aria-label", plot.dataset.label);
    plot.addEventListener("pointermove", nearest);
    plot.addEventListener("pointerdown", nearest);
    plot.addEventListener("pointerleave", hide);
    plot.addEventListener("blur", hide);
    plot.addEventListener("keydown", (event) => {
      if (event.key === "Escape") hide();
      if (!(event.key in step) || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      const [along, further] = step[event.key];
      if (point >= 0) {
        curve = clamp(curve + along, 0, curves.length - 1);
        point += further;
      }
      point = clamp(point, 0, curves[curve].points.length - 1);
      const place = curves[curve].points[point][0] * plane.getBoundingClientRect().width;
      const [first, last] = seen();
      if (place < first || place > last) plot.scrollLeft += place - (first + last) / 2;
      show();
    });
  };

  document.querySelectorAll(".plot").forEach(follow);
})();
