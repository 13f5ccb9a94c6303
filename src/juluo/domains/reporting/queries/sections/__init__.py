"""The sections of reports; each is a function of a draft that gives a section, or None."""
