"""Tổ hướng dẫn: the team, its timetable, its log, and whether it met twice each week."""
