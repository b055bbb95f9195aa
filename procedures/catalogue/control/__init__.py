"""Kiểm soát thủ tục: the staff's pages about the catalogue: drafts, gaps, imports, searches."""
