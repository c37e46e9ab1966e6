//! The symbols of buttons: lines in a box of 20 by 20, in the color of the text.

use yew::prelude::*;

/// Every symbol of the page. The glyphs of states and statuses come from `asl_view`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Symbol {
    Mark,
    Run,
    Step,
    Stop,
    Reset,
    Share,
    Open,
    Live,
    Save,
    TopDown,
    LeftRight,
    ThemeSystem,
    ThemeLight,
    ThemeDark,
    Code,
    Mocks,
    Diagram,
    Log,
    Data,
    Copy,
    Check,
    Close,
    Plus,
    Minus,
    Fit,
    Problem,
    Warning,
    Chevron,
    Up,
    Trash,
    Test,
    Coverage,
    OpenElsewhere,
    Pause,
    StepOver,
    Redrive,
    Tune,
    More,
    First,
    Back,
    On,
    Last,
    Events,
    Clock,
    History,
    Search,
}

impl Symbol {
    fn path(self) -> &'static str {
        match self {
            Symbol::Mark => "M6 2.5h8v5H6ZM6 12.5h8v5H6ZM10 7.5v5",
            Symbol::Run => "M6.5 4.2v11.6l9-5.8Z",
            Symbol::Step => "M4.5 5v10l7-5ZM14.5 5v10",
            Symbol::Stop => "M5.5 5.5h9v9h-9Z",
            Symbol::Reset => "M4.5 10a5.5 5.5 0 1 0 1.7-4M4 3.5v3.2h3.2",
            Symbol::Share => "M10 12.5v-9M6.8 6.3 10 3.2l3.2 3.1M4.5 11v5.5h11V11",
            Symbol::Open => "M3 15.5v-11h5l1.5 2h6v2.5M3 15.5l2.6-6.5H18l-2.6 6.5Z",
            Symbol::Live => {
                "M6 14.5a3.5 3.5 0 0 1-.4-7 4.6 4.6 0 0 1 8.8-.4 3.8 3.8 0 0 1 .1 7.4M10 17v-6.5M7.6 12.6 10 10.2l2.4 2.4"
            }
            Symbol::Save => "M10 3.5v9M6.8 9.7 10 12.9l3.2-3.2M4.5 13v3.5h11V13",
            Symbol::TopDown => "M6.5 2.8h7v4h-7ZM6.5 13.2h7v4h-7ZM10 6.8v6M8 11l2 2 2-2",
            Symbol::LeftRight => "M2.8 6.5h4v7h-4ZM13.2 6.5h4v7h-4ZM6.8 10h6M11 8l2 2-2 2",
            Symbol::ThemeSystem => "M10 3.5a6.5 6.5 0 1 0 0 13ZM10 3.5a6.5 6.5 0 0 1 0 13Z",
            Symbol::ThemeLight => {
                "M10 6.8a3.2 3.2 0 1 1 0 6.4 3.2 3.2 0 0 1 0-6.4ZM10 2v1.8M10 16.2V18M2 10h1.8M16.2 10H18M4.3 4.3l1.3 1.3M14.4 14.4l1.3 1.3M15.7 4.3l-1.3 1.3M5.6 14.4l-1.3 1.3"
            }
            Symbol::ThemeDark => "M16 11.8A6.4 6.4 0 0 1 8.2 4a6.4 6.4 0 1 0 7.8 7.8Z",
            Symbol::Code => "M7 5.5 2.8 10 7 14.5M13 5.5l4.2 4.5-4.2 4.5",
            Symbol::Mocks => "M4 4.5h12v8H9l-3.5 3v-3H4Z",
            Symbol::Diagram => "M7 2.8h6v4H7ZM2.8 13.2h5v4h-5ZM12.2 13.2h5v4h-5ZM10 6.8V10M5.3 13.2V10h9.4v3.2",
            Symbol::Log => "M3.5 5.5h.5M3.5 10h.5M3.5 14.5h.5M7 5.5h9.5M7 10h9.5M7 14.5h6.5",
            Symbol::Data => {
                "M7.5 3.5C5 3.5 6.5 9 4 10c2.5 1 1 6.5 3.5 6.5M12.5 3.5C15 3.5 13.5 9 16 10c-2.5 1-1 6.5-3.5 6.5"
            }
            Symbol::Copy => "M7 7h9.5v9.5H7ZM13 7V3.5H3.5V13H7",
            Symbol::Check => "M4 10.5 8.2 15 16 5.5",
            Symbol::Close => "M5 5l10 10M15 5 5 15",
            Symbol::Plus => "M10 4.5v11M4.5 10h11",
            Symbol::Minus => "M4.5 10h11",
            Symbol::Fit => "M3.5 7.5v-4h4M12.5 3.5h4v4M16.5 12.5v4h-4M7.5 16.5h-4v-4",
            Symbol::Problem => "M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14ZM10 6.5v4.3M10 13.4v.1",
            Symbol::Warning => "M10 3.5 17.5 16.5h-15ZM10 8v4M10 14.3v.1",
            Symbol::Chevron => "M5.5 8 10 12.5 14.5 8",
            Symbol::Up => "M10 15.5v-11M5.5 9 10 4.5 14.5 9",
            Symbol::Test => "M8 3h4M9 3v5L4.5 15.2a1 1 0 0 0 .9 1.5h9.2a1 1 0 0 0 .9-1.5L11 8V3M6.8 12.2h6.4",
            Symbol::Coverage => "M3.5 10.5 6 13l4-4.5M10.5 14h6M12.5 9.5h4M12.5 5h4M3.5 5h5",
            Symbol::Pause => "M7 4.5v11M13 4.5v11",
            Symbol::StepOver => "M3 11.5a6.5 6.5 0 0 1 12.6-2.2M16.2 4.8v4.7h-4.7M8 15.5h4.5",
            Symbol::Redrive => "M15.5 10a5.5 5.5 0 1 1-1.7-4M15.5 3.5v3.2h-3.2M8.5 7.8v4.4l3.7-2.2Z",
            Symbol::Tune => "M3 6h7M14 6h3M3 14h3M10 14h7M12 4v4M8 12v4",
            Symbol::More => "M4 10h.5M9.75 10h.5M15.5 10h.5",
            Symbol::First => "M5 5v10M15 5l-6.5 5 6.5 5Z",
            Symbol::Back => "M12.5 5 6.5 10l6 5",
            Symbol::On => "M7.5 5l6 5-6 5",
            Symbol::Last => "M15 5v10M5 5l6.5 5L5 15Z",
            Symbol::Events => "M4 5v10M8 5v10M12 5v10M16 5v10",
            Symbol::Clock => "M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14ZM10 6v4.2l2.8 1.8",
            Symbol::History => "M4.5 10a5.5 5.5 0 1 0 1.7-4M4 3.5v3.2h3.2M10 7v3.3l2.3 1.5",
            Symbol::Search => "M9 4a5 5 0 1 1 0 10A5 5 0 0 1 9 4ZM12.7 12.7l3.8 3.8",
            Symbol::Trash => "M4 6h12M8 6V3.8h4V6M5.5 6l.8 10.5h7.4L14.5 6",
            Symbol::OpenElsewhere => "M8 5H4.5v10.5H15V12M11 4h5v5M16 4l-7 7",
        }
    }

    fn is_filled(self) -> bool {
        matches!(self, Symbol::Run | Symbol::Stop)
    }
}

/// Props of [`Icon`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct IconProps {
    /// Which symbol.
    pub symbol: Symbol,
}

/// A symbol, which the text or the label beside it names.
#[component]
pub(crate) fn Icon(props: &IconProps) -> Html {
    let class = classes!("icon", props.symbol.is_filled().then_some("icon-filled"));
    html! {
        <svg class={class} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
            <path d={props.symbol.path()} />
        </svg>
    }
}
