"""Giấy tờ: freezing what a paper says, drawing it, keeping it, serving it again byte for byte."""
