"""Files that a submission leaves, data with a schema, and HTTP services."""
