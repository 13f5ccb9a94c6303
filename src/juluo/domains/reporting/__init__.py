"""Reports: figures made into documents."""
