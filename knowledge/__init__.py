"""What the advisor knows: documents, their reviewed readings, and the store built from both."""
