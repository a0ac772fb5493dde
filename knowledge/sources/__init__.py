"""Public data about occupations, one module a kind of source: what people download, read into the types of `model`."""
