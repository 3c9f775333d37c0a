"""Hazards from an Excel list: read, checked cell by cell, shown, and only then reported."""
