"""Pages of the risk register; one module for each subject."""
