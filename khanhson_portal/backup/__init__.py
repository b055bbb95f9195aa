"""Sao lưu: one checked archive of database, files and key; restoring it; trying that every week."""
