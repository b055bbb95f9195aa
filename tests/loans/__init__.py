"""Mượn sách: a subject of acts that is no dossier, for tests of the engine and as an example."""
