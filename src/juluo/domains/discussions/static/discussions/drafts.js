// Keeps what is being written on this device until the server says it was written.
(function () {
  "use strict";
  var PREFIX = "juluo.draft.";
  var KEPT_FOR = 30 * 24 * 3600 * 1000;
  var who = document.querySelector(".j-who");
  var owner = who ? who.getAttribute("aria-label") : "";

  function store(form) {
    var words = {};
    form.querySelectorAll("textarea, input[type=text]").forEach(function (field) {
      if (field.value) { words[field.name] = field.value; }
    });
    var key = PREFIX + form.dataset.draft;
    var shown = form.querySelector("[data-draft-kept]");
    try {
      if (Object.keys(words).length) {
        localStorage.setItem(key, JSON.stringify({ at: Date.now(), owner: owner, words: words }));
      } else {
        localStorage.removeItem(key);
      }
      if (shown) { shown.hidden = !Object.keys(words).length; }
    } catch (error) { /* no room or no storage: the form works all the same */ }
  }

  function bring(form) {
    if (form.dataset.drafting) { return; }
    form.dataset.drafting = "1";
    form.addEventListener("input", function () { store(form); });
    if (form.hasAttribute("data-kept")) { return; }
    try {
      var kept = JSON.parse(localStorage.getItem(PREFIX + form.dataset.draft) || "null");
      if (!kept || kept.owner !== owner || Date.now() - kept.at > KEPT_FOR) { return; }
      Object.keys(kept.words).forEach(function (name) {
        var field = form.elements[name];
        if (field && kept.words[name]) { field.value = kept.words[name]; }
      });
      var shown = form.querySelector("[data-draft-kept]");
      if (shown) { shown.hidden = false; }
    } catch (error) { /* nothing kept that can be read */ }
  }

  // The server names in a cookie what it has written: that draft is done with.
  var written = document.cookie.match(/(?:^|; )juluo_written=([^;]*)/);
  if (written) {
    try { localStorage.removeItem(PREFIX + decodeURIComponent(written[1].replace(/"/g, ""))); } catch (error) { /* as above */ }
    document.cookie = "juluo_written=; Max-Age=0; Path=/; SameSite=Lax";
  }
  function bringAll() { document.querySelectorAll("form[data-draft]").forEach(bring); }
  bringAll();
  document.addEventListener("htmx:afterSwap", bringAll);
})();
