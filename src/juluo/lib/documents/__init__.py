"""Documents: one model, several faces (Word, HTML)."""
