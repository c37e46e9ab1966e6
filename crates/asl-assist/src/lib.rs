//! Editing help for definitions.
