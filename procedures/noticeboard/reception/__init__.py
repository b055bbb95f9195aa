"""Nơi tiếp dân: officers on duty with their name plates, and what the room offers."""
