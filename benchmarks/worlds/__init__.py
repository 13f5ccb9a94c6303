"""Synthetic communities that benchmarks ask about."""
