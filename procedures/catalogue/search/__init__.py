"""Tìm thủ tục as people type: without marks, stuck together, with slips, in everyday words.

``words`` takes a search apart, ``snapshot`` knows the catalogue's words, ``mending`` undoes slips,
``ranking`` puts titles in order, ``finding.find`` asks the database and answers, ``log`` counts.
"""
