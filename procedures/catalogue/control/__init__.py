"""Kiểm soát thủ tục: the staff's pages about the catalogue: drafts, gaps, imports, searches."""

from procedures.offices import Role

KEEPERS = [Role.CONTROLLER, Role.ADMINISTRATOR]  # look, import, mend words
APPROVERS = [Role.CONTROLLER]  # say what holds
