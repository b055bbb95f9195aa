"""The ground: rules of text, numbers, moments, files and answers that every room stands on.

Nothing here knows a table or a page of a room. The one table of its own counts tries (``brake``).
"""
