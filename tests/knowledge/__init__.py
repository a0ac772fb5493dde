"""Tests of what the advisor knows."""
