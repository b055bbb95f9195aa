"""Rà soát thủ tục: proposals from the counter and from citizens, answered, and reported."""
