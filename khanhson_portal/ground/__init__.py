"""The ground: rules of text, numbers, moments, files and answers that every room stands on.

Nothing here knows a model or a page of the portal.
"""
