//! Rows of people, byte for byte, and after edits.
