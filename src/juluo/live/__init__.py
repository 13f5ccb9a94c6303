"""Signals to open pages: that something changed, never what (server-sent events)."""
