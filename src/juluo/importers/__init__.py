"""Talk from elsewhere: one module for each outside format."""
