"""How people reach the advisor; every channel speaks through `conversation`."""
