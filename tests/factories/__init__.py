"""Factories, one module an app; everything they invent says 示例."""
