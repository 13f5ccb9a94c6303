"""Input about plans, turned into clean values; one module for each subject."""
