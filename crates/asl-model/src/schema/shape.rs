//! The kinds of objects a definition consists of, and which lies inside which.

use super::{Field, tables};

/// A kind of object that definitions have, with its own table of fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// The whole definition.
    Machine,
    /// An object of `Branches`.
    Branch,
    /// `ItemProcessor`, or `Iterator`.
    Processor,
    /// `ProcessorConfig`
    ProcessorConfig,
    /// A state of that type.
    Task,
    /// A state of that type.
    Parallel,
    /// A state of that type.
    Map,
    /// A state of that type.
    Pass,
    /// A state of that type.
    Wait,
    /// A state of that type.
    Choice,
    /// A state of that type.
    Succeed,
    /// A state of that type.
    Fail,
    /// An object of `Retry`.
    Retrier,
    /// An object of `Catch`.
    Catcher,
    /// An object of `Choices`. Comparison operators are not in its table: see [`Operator`](crate::Operator).
    ChoiceRule,
    /// A rule inside `And`, `Or` or `Not`; operators as for [`Shape::ChoiceRule`].
    NestedRule,
    /// `ItemReader`
    ItemReader,
    /// `ReaderConfig`
    ReaderConfig,
    /// `ItemBatcher`
    ItemBatcher,
    /// `ResultWriter`
    ResultWriter,
    /// `WriterConfig`
    WriterConfig,
}

impl Shape {
    /// The states' shapes with the words of `Type`, most used first.
    pub const STATES: [(&'static str, Shape); 8] = [
        ("Task", Shape::Task),
        ("Pass", Shape::Pass),
        ("Choice", Shape::Choice),
        ("Wait", Shape::Wait),
        ("Parallel", Shape::Parallel),
        ("Map", Shape::Map),
        ("Succeed", Shape::Succeed),
        ("Fail", Shape::Fail),
    ];

    /// Returns the shape of a state with that `Type`.
    pub fn of_state(type_name: &str) -> Option<Shape> {
        let found = Shape::STATES.iter().find(|(name, _)| *name == type_name);
        found.map(|(_, shape)| *shape)
    }

    /// Returns the fields that such an object may have, in the order in which authors write them.
    pub fn fields(self) -> &'static [Field] {
        match self {
            Shape::Machine => tables::MACHINE,
            Shape::Branch => tables::BRANCH,
            Shape::Processor => tables::PROCESSOR,
            Shape::ProcessorConfig => tables::PROCESSOR_CONFIG,
            Shape::Task => tables::TASK,
            Shape::Parallel => tables::PARALLEL,
            Shape::Map => tables::MAP,
            Shape::Pass => tables::PASS,
            Shape::Wait => tables::WAIT,
            Shape::Choice => tables::CHOICE,
            Shape::Succeed => tables::SUCCEED,
            Shape::Fail => tables::FAIL,
            Shape::Retrier => tables::RETRIER,
            Shape::Catcher => tables::CATCHER,
            Shape::ChoiceRule => tables::CHOICE_RULE,
            Shape::NestedRule => tables::NESTED_RULE,
            Shape::ItemReader => tables::ITEM_READER,
            Shape::ReaderConfig => tables::READER_CONFIG,
            Shape::ItemBatcher => tables::ITEM_BATCHER,
            Shape::ResultWriter => tables::RESULT_WRITER,
            Shape::WriterConfig => tables::WRITER_CONFIG,
        }
    }

    /// Returns the field of that name.
    pub fn field(self, name: &str) -> Option<&'static Field> {
        self.fields().iter().find(|field| field.name == name)
    }

    /// Returns the shape of the object in a field, or of the objects in its array. `States` has none: its members are
    /// states, whose shape depends on their `Type`.
    pub fn inside(self, field: &str) -> Option<Shape> {
        self.field(field)?;
        Some(match field {
            "Branches" => Shape::Branch,
            "ItemProcessor" | "Iterator" => Shape::Processor,
            "ProcessorConfig" => Shape::ProcessorConfig,
            "Retry" => Shape::Retrier,
            "Catch" => Shape::Catcher,
            "Choices" => Shape::ChoiceRule,
            "And" | "Or" | "Not" => Shape::NestedRule,
            "ItemReader" => Shape::ItemReader,
            "ReaderConfig" => Shape::ReaderConfig,
            "ItemBatcher" => Shape::ItemBatcher,
            "ResultWriter" => Shape::ResultWriter,
            "WriterConfig" => Shape::WriterConfig,
            _ => return None,
        })
    }

    /// Returns true for the eight types of states.
    pub fn is_state(self) -> bool {
        Shape::STATES.iter().any(|(_, shape)| *shape == self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_lie_inside_objects() {
        assert_eq!(Shape::of_state("Map"), Some(Shape::Map));
        assert_eq!(Shape::Map.inside("ItemReader"), Some(Shape::ItemReader));
        assert_eq!(Shape::Pass.inside("ItemReader"), None);
        assert_eq!(Shape::Machine.inside("States"), None);
        assert!(Shape::Fail.field("CausePath").is_some());
        assert!(Shape::Fail.is_state() && !Shape::Retrier.is_state());
    }
}
