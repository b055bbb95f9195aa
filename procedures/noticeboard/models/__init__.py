"""Posted lists, the reception room, guidance teams, proposals for review."""
