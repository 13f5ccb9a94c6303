// A chat page in the hand: Enter sends, the end stays in sight, nothing typed is lost.
// Everything here is an addition: without it the page is a list and a form.
(function () {
  "use strict";
  var log = document.getElementById("log");
  if (!log) { return; }
  var toEnd = null, sent = null;

  function composer() { return document.getElementById("composer"); }
  function words() { return document.getElementById("composer-body"); }
  function nearEnd() {
    return window.innerHeight + window.scrollY > document.documentElement.scrollHeight - 240;
  }
  function goToEnd() {
    window.scrollTo(0, document.documentElement.scrollHeight);
    if (toEnd) { toEnd.hidden = true; }
  }
  if (document.querySelector("[data-chat-end]") && !window.location.hash) {
    var unread = document.getElementById("unread");
    if (unread) { unread.scrollIntoView({ block: "center" }); } else { goToEnd(); }
  }

  // Drafts stay with the page until they are sent.
  var draft = "draft:" + window.location.pathname;
  function keep() {
    try { window.sessionStorage.setItem(draft, words().value); } catch (refused) { /* private */ }
  }
  if (words() && !words().value) {
    try { words().value = window.sessionStorage.getItem(draft) || ""; } catch (refused) { /* private */ }
  }
  document.addEventListener("input", function (event) {
    if (event.target === words()) { keep(); }
  });

  // Enter sends where there is a keyboard; not while a Chinese word is being put together.
  document.addEventListener("keydown", function (event) {
    if (event.target !== words() || event.key !== "Enter") { return; }
    var touch = window.matchMedia("(pointer: coarse)").matches;
    if (event.shiftKey || event.isComposing || event.keyCode === 229 || touch) { return; }
    event.preventDefault();
    composer().requestSubmit();
  });

  // Sending empties the composer at once; what could not be sent comes back.
  function clear() {
    var form = composer();
    sent = { body: words().value, parent: form.elements.parent.value };
    words().value = ""; keep(); problem("");
  }
  function problem(text) { document.getElementById("composer-problem").textContent = text; }
  function replyTo(id, name) {
    var form = composer(), line = form.querySelector(".j-replying");
    form.elements.parent.value = id;
    form.querySelector("[data-reply-to]").textContent = name;
    line.hidden = !id;
  }
  document.addEventListener("htmx:beforeRequest", function (event) {
    if (event.target === composer()) { clear(); }
  });
  document.addEventListener("htmx:beforeSwap", function (event) {
    if (event.detail.xhr.status === 422) { event.detail.shouldSwap = true; event.detail.isError = false; }
  });
  document.addEventListener("htmx:afterRequest", function (event) {
    var form = composer();
    if (!form || event.target !== form || !sent) { return; }
    if (event.detail.successful) { replyTo("", ""); window.setTimeout(goToEnd, 400); sent = null; return; }
    if (event.detail.xhr && event.detail.xhr.status === 422) { sent = null; return; }
    words().value = words().value || sent.body; form.elements.parent.value = sent.parent; keep();
    problem(form.dataset.unsent); sent = null;
  });

  // Reply without leaving the page.
  document.addEventListener("click", function (event) {
    var reply = event.target.closest("[data-reply]");
    if (reply && composer()) {
      event.preventDefault();
      replyTo(reply.dataset.reply, reply.dataset.replyName);
      reply.closest("details").open = false;
      words().focus();
    } else if (event.target.closest("[data-reply-not]") && composer()) {
      event.preventDefault(); replyTo("", ""); words().focus();
    }
  });

  // News: one heading a day; stay at the end, or say that there is more.
  var wasNearEnd = true;
  document.addEventListener("htmx:oobBeforeSwap", function () { wasNearEnd = nearEnd(); });
  document.addEventListener("htmx:oobAfterSwap", function (event) {
    if (event.detail.target !== log) { return; }
    var seen = new Set();
    log.querySelectorAll("[data-day]").forEach(function (heading) {
      if (seen.has(heading.dataset.day)) { heading.remove(); }
      seen.add(heading.dataset.day);
    });
    var empty = document.querySelector(".j-chat-empty");
    if (empty) { empty.remove(); }
    var last = log.querySelector("li:last-child .j-prose");
    if (last && !last.closest(".j-own") && window.juluoSay) { window.juluoSay(last.textContent); }
    if (wasNearEnd) { goToEnd(); } else { offerEnd(); }
  });
  function offerEnd() {
    if (!toEnd) {
      toEnd = document.createElement("button");
      toEnd.type = "button";
      toEnd.className = "btn btn-primary j-to-end";
      toEnd.textContent = "↓ " + log.dataset.more;
      toEnd.addEventListener("click", goToEnd);
      (composer() || log).before(toEnd);
    }
    toEnd.hidden = false;
  }
  window.addEventListener("scroll", function () { if (toEnd && nearEnd()) { toEnd.hidden = true; } });
})();
