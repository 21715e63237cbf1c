# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""Calls of the rooms."""
