"""Tin báo: messages to citizens, reminders to officers, and what the controller watches.

``announcing`` writes a notice in the act's own transaction, ``sending`` carries it out of the
house, ``alarms`` and ``digest`` remind officers, ``anomalies`` and ``feed`` only read.
"""
