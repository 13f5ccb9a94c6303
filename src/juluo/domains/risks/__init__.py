"""Risks: the register, its scores and what is done about them."""
