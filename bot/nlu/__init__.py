"""The custom pipeline: pure cores (linker, questions, indirect) and their thin Rasa shells (components)."""
