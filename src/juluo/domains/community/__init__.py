"""The community itself: name, clock, language, colours."""
