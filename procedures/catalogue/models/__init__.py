"""Procedures, their versions and contents, imports, and the words they are found by."""
