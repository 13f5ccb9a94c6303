"""Pages of chat groups and private conversations."""
