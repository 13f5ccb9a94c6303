"""Pages of plans; one module for each subject."""
