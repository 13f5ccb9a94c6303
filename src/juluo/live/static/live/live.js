// Listen to what changes on this page's topics. Everything here is an addition: without it, or
// without a connection, pages work by being loaded again.
//
// <div data-live-topic="group:12" data-live-since="345" hx-get="…" hx-trigger="live"></div>
// Each element whose topic was signalled gets a "live" event, which does not bubble.
(function () {
  "use strict";
  if (!window.EventSource) { return; }
  var source = null, heard = "", place = null, waiting = 0, resting = false, wasOpen = false;
  var RETRY = 15000, GRACE = 10000, hiding = 0;

  function watchers() { return Array.from(document.querySelectorAll("[data-live-topic]")); }
  function topicsOf(element) { return element.dataset.liveTopic.split(/\s+/).filter(Boolean); }
  function topics() {
    var found = new Set();
    watchers().forEach(function (element) { topicsOf(element).forEach(found.add, found); });
    return Array.from(found).sort().join(",");
  }
  function firstPlace() {
    var places = watchers().map(function (element) { return Number(element.dataset.liveSince); });
    places = places.filter(function (each) { return each >= 0; });
    return places.length ? Math.min.apply(null, places) : null;
  }
  function tell(topic) {
    watchers().forEach(function (element) {
      if (topic === null || topicsOf(element).includes(topic)) {
        element.dispatchEvent(new CustomEvent("live", { detail: { topic: topic } }));
      }
    });
  }
  function show(state) { document.documentElement.dataset.live = state; }

  function open() {
    window.clearTimeout(waiting);
    var wanted = topics();
    if (!wanted || document.hidden || resting) { return; }
    if (place === null) { place = firstPlace(); }
    close();
    heard = wanted;
    var address = "/live/?topics=" + encodeURIComponent(wanted);
    source = new EventSource(place === null ? address : address + "&since=" + place);
    source.addEventListener("open", function () { wasOpen = true; show("on"); });
    source.addEventListener("signal", function (event) {
      place = Math.max(place || 0, Number(event.lastEventId) || 0);
      tell(event.data);
    });
    source.addEventListener("rest", function () { resting = true; close(); });
    source.addEventListener("error", lost);
  }
  function close() { if (source) { source.close(); source = null; } }

  // The browser comes back by itself, unless the server said no: then we ask again later, and
  // look for news ourselves until then.
  function lost() {
    if (wasOpen) { show("lost"); }
    if (!source || source.readyState !== EventSource.CLOSED) { return; }
    close();
    window.clearTimeout(waiting);
    waiting = window.setTimeout(function () { tell(null); open(); }, RETRY + Math.random() * RETRY);
  }

  // A page nobody looks at lets its connection go: browsers have few for each site.
  document.addEventListener("visibilitychange", function () {
    window.clearTimeout(hiding);
    if (document.hidden) { hiding = window.setTimeout(close, GRACE); return; }
    resting = false;
    if (!source) { open(); }
  });
  window.addEventListener("pagehide", close);
  window.addEventListener("pageshow", function (event) { if (event.persisted) { tell(null); open(); } });
  document.addEventListener("htmx:afterSettle", function () {
    if (topics() !== heard) { open(); }
  });
  open();
})();
