// Runs before the first paint, so that the page never flashes in the wrong colours.
(function () {
  "use strict";
  var key = "juluo-theme";
  var root = document.documentElement;
  var dark = window.matchMedia("(prefers-color-scheme: dark)");
  function chosen() {
    try { return localStorage.getItem(key) || "system"; } catch (error) { return "system"; }
  }
  function apply() {
    var choice = chosen();
    var scheme = choice === "system" ? (dark.matches ? "dark" : "light") : choice;
    root.setAttribute("data-bs-theme", scheme);
    root.setAttribute("data-theme-choice", choice);
    document.dispatchEvent(new CustomEvent("juluo:theme"));
  }
  window.juluoTheme = {
    choose: function (choice) {
      try { localStorage.setItem(key, choice); } catch (error) { /* private mode: this page only */ }
      apply();
    },
    current: chosen
  };
  dark.addEventListener("change", apply);
  apply();
})();
