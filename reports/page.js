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

  // The library comes packed; what is unpacked is let in by its hash.
  async function unpack() {
    const packed = atob(document.getElementById("library").textContent);
    const bytes = Uint8Array.from(packed, (letter) => letter.charCodeAt(0));
    const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    const script = document.createElement("script");
    script.textContent = await new Response(plain).text();
    document.head.append(script);
  }

  async function drawAll() {
    const charts = document.querySelectorAll(".chart");
    try {
      await unpack();
      for (const chart of charts) {
        await draw(chart);
      }
    } catch (error) {
      console.error("The charts stay drawings:", error);
    }
    document.documentElement.dataset.charts = "drawn";
  }

  // Paper has no folds, and no room for what is very long.
  const folded = [];
  window.addEventListener("beforeprint", () => {
    for (const details of document.querySelectorAll("details:not([open], .long, .sql)")) {
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
