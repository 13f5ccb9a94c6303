"""Pages and actions about money; one module for each subject."""
