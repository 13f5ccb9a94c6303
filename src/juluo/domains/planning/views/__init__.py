"""Pages of plans and what they hold."""
