"""The empty bot, to compare latencies with: one action, which says one fixed text."""
