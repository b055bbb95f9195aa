"""Agencies, and the officers who work there."""
