"""The owner's documents: added, understood, corrected, tried, published and taken back."""
