"""The owner's desk: a server of its own on which an owner sees what visitors ask, and looks after the documents."""
