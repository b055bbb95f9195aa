"""Screens about hồ sơ: tracking for everybody, the desk for officers."""
