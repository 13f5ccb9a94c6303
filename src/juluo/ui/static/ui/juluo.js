// What pages do beyond plain HTML. Everything here is an addition: pages work without it.
(function () {
  "use strict";

  // Menus made of <details>: one open at a time; Escape and a click elsewhere close it.
  function closeMenus(except) {
    document.querySelectorAll("details[data-menu][open]").forEach(function (menu) {
      if (menu !== except) { menu.open = false; }
    });
  }
  document.addEventListener("click", function (event) {
    closeMenus(event.target.closest("details[data-menu]"));
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") { return; }
    var menu = document.querySelector("details[data-menu][open]");
    if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
    hideTip();
  });

  // Search: "/" goes to the box, the arrows walk through what it suggests, Escape closes that.
  function typing(element) {
    return element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName);
  }
  document.addEventListener("keydown", function (event) {
    if (event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !typing(event.target)) {
      var shown = Array.from(document.querySelectorAll("#q, #site-search")).find(function (box) { return box.offsetParent; });
      if (shown) { event.preventDefault(); shown.focus(); shown.select(); }
      return;
    }
    var find = event.target.closest && event.target.closest("[data-find]");
    if (!find) { return; }
    var box = find.querySelector("input[type=search]");
    if (event.key === "Escape") { find.querySelector("div").replaceChildren(); box.focus(); }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") { return; }
    var stops = [box].concat(Array.from(find.querySelectorAll("#site-suggestions a")));
    var next = stops.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
    event.preventDefault();
    stops[(next + stops.length) % stops.length].focus();
  });
  document.addEventListener("click", function (event) {
    if (!event.target.closest("[data-find]")) {
      document.querySelectorAll("#site-suggestions").forEach(function (box) { box.replaceChildren(); });
    }
  });

  // Light, dark or as the system says.
  function showTheme() {
    var choice = window.juluoTheme.current();
    document.querySelectorAll("[data-theme-choices]").forEach(function (box) { box.hidden = false; });
    document.querySelectorAll("button[data-theme]").forEach(function (button) {
      button.setAttribute("aria-pressed", String(button.dataset.theme === choice));
    });
  }
  document.addEventListener("click", function (event) {
    var button = event.target.closest("button[data-theme]");
    if (button) { window.juluoTheme.choose(button.dataset.theme); showTheme(); }
  });
  showTheme();

  // Definitions on hover and focus.
  var tip = null;
  function hideTip() { if (tip) { tip.remove(); tip = null; } }
  function showTip(owner) {
    hideTip();
    tip = document.createElement("div");
    tip.className = "j-tip-box";
    tip.setAttribute("role", "tooltip");
    tip.id = "tip";
    tip.textContent = owner.dataset.tip;
    document.body.append(tip);
    owner.setAttribute("aria-describedby", "tip");
    var at = owner.getBoundingClientRect();
    var left = Math.min(Math.max(8, at.left - 12), window.innerWidth - tip.offsetWidth - 8);
    tip.style.left = left + window.scrollX + "px";
    tip.style.top = at.bottom + window.scrollY + 6 + "px";
  }
  ["pointerover", "focusin"].forEach(function (kind) {
    document.addEventListener(kind, function (event) {
      var owner = event.target.closest && event.target.closest("[data-tip]");
      if (owner) { showTip(owner); } else if (!event.target.closest(".j-tip-box")) { hideTip(); }
    });
  });
  document.addEventListener("focusout", hideTip);
  document.addEventListener("click", function (event) {
    var owner = event.target.closest("[data-tip]");
    if (owner) { showTip(owner); }
  });

  // A form that asks first: data-confirm says what will happen.
  document.addEventListener("submit", function (event) {
    var question = event.target.dataset && event.target.dataset.confirm;
    if (question && !window.confirm(question)) { event.preventDefault(); }
  });

  // A filter that applies itself when changed.
  document.addEventListener("change", function (event) {
    var form = event.target.closest("form[data-submit-on-change]");
    if (form) { form.requestSubmit(); }
  });

  // Copy a text: data-copy names the element that holds it.
  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-copy]");
    if (!button || !navigator.clipboard) { return; }
    var source = document.getElementById(button.dataset.copy);
    navigator.clipboard.writeText(source.value || source.textContent).then(function () {
      say(button.dataset.copied || "✓");
    });
  });

  // Tell screen readers what changed.
  function say(text) {
    var region = document.getElementById("live");
    region.textContent = "";
    window.setTimeout(function () { region.textContent = text; }, 50);
  }
  window.juluoSay = say;

  // After a swap: announce it, and put focus somewhere sensible if it was inside what left.
  document.addEventListener("htmx:afterSwap", function (event) {
    var place = event.detail.target;
    var words = place.querySelector("[data-announce]") || place.closest("[data-announce]");
    if (words) { say(words.dataset.announce); }
    if (document.activeElement === document.body) {
      var next = place.querySelector("[autofocus], [data-focus]");
      if (next) { next.focus(); }
    }
  });
})();
