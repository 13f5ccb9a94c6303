"""Input about risks; one module for each subject."""
