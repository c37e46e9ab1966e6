//! A field of the run settings that takes only some texts.

use yew::prelude::*;

use super::common::on_typed;

/// Props of [`SettingField`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct SettingFieldProps {
    /// What it is called.
    pub label: AttrValue,
    /// What is set.
    pub value: AttrValue,
    /// What holds while nothing is set.
    pub placeholder: AttrValue,
    /// `text` or `numeric`: the keyboard that phones show.
    pub inputmode: AttrValue,
    /// Takes a text while it is typed, or says why it does not.
    pub on_text: Callback<String, Option<&'static str>>,
    /// What to know about it.
    #[prop_or_default]
    pub children: Html,
}

/// The field. A text that is refused stays where it was typed, with the reason below; what was set before still holds.
#[component]
pub(super) fn SettingField(props: &SettingFieldProps) -> Html {
    let refused = use_state(|| None::<(AttrValue, &'static str)>);
    let on_input = {
        let (on_text, refused) = (props.on_text.clone(), refused.setter());
        on_typed::<InputEvent>(Callback::from(move |text: String| {
            let problem = on_text.emit(text.clone());
            refused.set(problem.map(|problem| (text.into(), problem)));
        }))
    };
    let (value, problem) = match &*refused {
        Some((text, problem)) => (text.clone(), Some(*problem)),
        None => (props.value.clone(), None),
    };
    html! {
        <label>
            { props.label.clone() }
            <input {value} placeholder={props.placeholder.clone()} inputmode={props.inputmode.clone()} spellcheck="false"
                autocomplete="off" aria-invalid={problem.is_some().to_string()} oninput={on_input} />
            if let Some(problem) = problem {
                <span class="run-settings-error" role="alert">{ problem }</span>
            }
            { props.children.clone() }
        </label>
    }
}
