"""Other systems on the same questions, through the same scorer: Rasa's default pipeline, BM25, nearest facts."""
