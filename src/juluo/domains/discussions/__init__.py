"""Spaces and what is said in them."""
