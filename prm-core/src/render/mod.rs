//! Pictures and pages for people: self-contained HTML and SVG.
