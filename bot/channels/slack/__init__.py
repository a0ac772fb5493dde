"""Slack: what comes from it, signed; whom it concerns; and answers as Slack shows them."""
