//! Tests of the whole library through its public API, and of the workspace itself. Nothing is published from here.
