"""The custom pipeline: pure cores (linker, clauses, classifier) and their thin Rasa shells (components)."""
