"""Tables: columns, rows that match by label, and parts of a table."""
