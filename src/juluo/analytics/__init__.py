"""The metric catalog and the one engine that computes it: plain Python, no Django."""
