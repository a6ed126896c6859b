// Draws each chart where its drawing stands. Without this script the drawings remain.
(() => {
  "use strict";

  // The syntax tree is interpreted, so that the page's policy need not allow eval.
  const options = {
    actions: false,
    ast: true,
    defaultStyle: false,
    mode: "vega-lite",
    renderer: "svg",
    tooltip: { disableDefaultStyle: true },
  };

  async function draw(chart) {
    const spec = JSON.parse(chart.querySelector("script").textContent);
    const live = document.createElement("div");
    live.className = "live";
    chart.append(live);
    try {
      await window.vegaEmbed(live, spec, options);
      chart.classList.add("is-live");
    } catch (error) {
      live.remove();
      console.error(`${chart.id} stays a drawing:`, error);
    }
  }

  async function drawAll() {
    for (const chart of document.querySelectorAll(".chart")) {
      await draw(chart);
    }
    document.documentElement.dataset.charts = "drawn";
  }

  // Paper has no folds.
  const folded = [];
  window.addEventListener("beforeprint", () => {
    for (const details of document.querySelectorAll("details:not([open])")) {
      details.open = true;
      folded.push(details);
    }
  });
  window.addEventListener("afterprint", () => {
    for (const details of folded.splice(0)) {
      details.open = false;
    }
  });

  drawAll();
})();
