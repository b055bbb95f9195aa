"""Trang của bà con: a dossier as its citizen sees it, and whether a paper is genuine."""
