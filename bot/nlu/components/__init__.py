"""The thin Rasa shells of the cores in `bot.nlu`, one a file; and what they put into a message for one another."""

MASKED = "masked"  # the text with occupations masked
NAMES = "names"  # the names that were masked, in their order
QUESTIONS = "questions"  # what the action server answers: one entry a question in the message
LEFT = "left"  # questions of the message that are too many to be answered with the others, the first few
STATEMENTS = "statements"  # what the person says of themselves
LANGUAGE = "language"  # ISO 639-1, where it is not English
