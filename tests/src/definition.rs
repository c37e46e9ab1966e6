//! Cases about definitions: what creating, validating and describing a state machine answers.
