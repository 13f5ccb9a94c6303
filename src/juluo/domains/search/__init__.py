"""Find what was said, and who said it, within what one may read."""
