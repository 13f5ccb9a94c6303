"""Pages of what is said in spaces."""
