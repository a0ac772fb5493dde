"""The careful reader: conversations of people who know nothing of the advisor, and two readers' verdicts."""
