"""Tables and line-based records: CSV, Excel columns, PO, JSON Lines."""
