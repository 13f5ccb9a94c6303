// Draws every [data-chart] from the ECharts option in the JSON script that it names.
(function () {
  "use strict";
  var charts = new Map();

  function colour(name, fallback) {
    var value = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
    return value || fallback;
  }

  // Options name their colours; the theme says what they are.
  function coloured(text) {
    return text.replace(/"series-(\d)"/g, function (whole, number) {
      return JSON.stringify(colour("--j-series-" + number, "#0b6e6e"));
    }).replace(/"muted"/g, JSON.stringify(colour("--j-soft", "#8a94a6")))
      .replace(/"paper"/g, JSON.stringify(colour("--j-ground", "#f3f6f9")));
  }

  function axis(given, ink, line) {
    var list = given === undefined ? [] : [].concat(given);
    return list.map(function (one) {
      return Object.assign({}, one, {
        axisLabel: Object.assign({ color: ink, hideOverlap: true }, one.axisLabel),
        axisLine: Object.assign({ lineStyle: { color: line } }, one.axisLine),
        splitLine: Object.assign({ lineStyle: { color: line } }, one.splitLine),
        nameTextStyle: Object.assign({ color: ink }, one.nameTextStyle)
      });
    });
  }

  // A legend that needs several rows must not lie over the chart.
  function roomForLegend(option, width) {
    var names = option.legend && option.legend.show !== false && option.legend.data;
    if (!names || !option.grid) { return; }
    var pen = document.createElement("canvas").getContext("2d");
    pen.font = "12px " + getComputedStyle(document.body).fontFamily;
    var rows = 1, used = 0;
    names.forEach(function (name) {
      var wide = pen.measureText(name).width + 46;
      if (used && used + wide > width - 20) { rows += 1; used = 0; }
      used += wide;
    });
    option.grid = Object.assign({}, option.grid, { top: 16 + rows * 24 });
  }

  function dressed(option, width) {
    var ink = colour("--j-ink", "#1f2937");
    var soft = colour("--j-soft", "#5b6675");
    var line = colour("--j-line", "#d7dce3");
    var paper = colour("--j-paper", "#ffffff");
    var font = getComputedStyle(document.body).fontFamily;
    var result = Object.assign({ animation: false }, option);
    result.backgroundColor = "transparent";
    result.color = option.color || [1, 2, 3, 4, 5, 6, 7, 8].map(function (n) {
      return colour("--j-series-" + n, "#0b6e6e");
    });
    result.textStyle = Object.assign({ color: ink, fontFamily: font }, option.textStyle);
    result.legend = option.legend && Object.assign({ type: "scroll", top: 0, left: "center", itemGap: 16 }, option.legend, { textStyle: { color: ink } });
    result.tooltip = Object.assign({ confine: true, trigger: "axis" }, option.tooltip, {
      backgroundColor: paper, borderColor: line, textStyle: { color: ink }
    });
    if (option.xAxis !== undefined) { result.xAxis = axis(option.xAxis, soft, line); }
    if (option.yAxis !== undefined) { result.yAxis = axis(option.yAxis, soft, line); }
    roomForLegend(result, width);
    result.grid = result.grid || { left: 8, right: 16, top: option.legend ? 40 : 16, bottom: 8, containLabel: true };
    return result;
  }

  function draw(element) {
    var source = document.getElementById(element.dataset.chart);
    if (!source) { return; }
    var old = charts.get(element);
    if (old) { old.dispose(); }
    var chart = window.echarts.init(element, null, { renderer: "svg" });
    chart.setOption(dressed(JSON.parse(coloured(source.textContent)), element.clientWidth));
    var drawing = element.querySelector("svg");
    if (drawing) { drawing.setAttribute("aria-hidden", "true"); }
    charts.set(element, chart);
  }

  function drawAll(root) {
    root.querySelectorAll("[data-chart]").forEach(draw);
  }

  drawAll(document);
  new ResizeObserver(function () {
    charts.forEach(function (chart, element) {
      if (element.isConnected) { if (element.clientWidth !== chart.getWidth()) { draw(element); } } else { chart.dispose(); charts.delete(element); }
    });
  }).observe(document.body);
  document.addEventListener("juluo:theme", function () { drawAll(document); });
  document.addEventListener("htmx:afterSwap", function (event) { drawAll(event.detail.target); });
  window.addEventListener("beforeprint", function () {
    charts.forEach(function (chart) { chart.resize(); });
  });
})();
