"""Ở quầy: the screens of the staff; they ask the rooms below and change nothing themselves."""
