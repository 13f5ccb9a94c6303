"""Input about plans, turned into clean values."""
