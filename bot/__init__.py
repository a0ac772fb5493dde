"""What runs inside the Rasa server, or is shown to people."""

from bot import without_tensorflow

without_tensorflow.install()
