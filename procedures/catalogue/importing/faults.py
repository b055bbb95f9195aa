"""What stops an import: a file or a text that cannot be read, a catalogue that moved on."""

from __future__ import annotations


class ImportFault(Exception):
    """``str()`` of it is one Vietnamese sentence for whoever runs the import."""


class FileFault(ImportFault):
    """A file that cannot be read as a whole. Nothing of the set it belongs to is imported."""


class NotTold(Exception):
    """A flattened text cannot be taken apart with certainty; ``str()`` says why, in Vietnamese."""


class PlanOutdated(ImportFault):
    """The catalogue changed between planning and applying; nothing was written."""
