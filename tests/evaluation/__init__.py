"""How well the advisor answers: what it is measured on, the scorer, and everything that is measured."""
