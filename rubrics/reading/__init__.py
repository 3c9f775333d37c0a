"""A scoring table from Word, Excel or pasted text: an outline and its doubts. Pure."""
