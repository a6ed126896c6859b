"""Frames in, one self-contained HTML page out; draws, and never computes a metric."""
