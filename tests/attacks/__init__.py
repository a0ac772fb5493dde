"""Attacks on a running advisor, bounded and on the loopback interface only; `make attack` runs them all."""
