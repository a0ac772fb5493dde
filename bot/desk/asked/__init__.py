"""What visitors ask: collected from the conversations, told apart by their answers, and grouped by meaning."""
