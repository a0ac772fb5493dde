"""Questions that visitors leave for people: kept, sent to where the owner wants them, and tried until they arrive."""
