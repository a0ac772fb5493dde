"""The website: what the widget and the pages ask, and what they are served."""
