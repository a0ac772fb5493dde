"""The shelf: documents that an owner added, what they were understood to say, and which of them are live."""
