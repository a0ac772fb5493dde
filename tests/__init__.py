"""The tests mirror the code: tests/knowledge/test_base.py tests knowledge/base.py."""
