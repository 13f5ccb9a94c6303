"""Pages and actions of planning."""
