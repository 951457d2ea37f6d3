"""The tables and JSON files of annotation tools."""
