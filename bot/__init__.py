"""What runs inside the Rasa server, or is shown to people."""
