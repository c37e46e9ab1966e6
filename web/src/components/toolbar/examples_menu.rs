//! The menu of examples, under the name of what is open.

use web_sys::{Element, KeyboardEvent};
use yew::prelude::*;

use crate::commands::use_commands;
use crate::interop::focus;
use crate::state::{EXAMPLES, Example};

use super::super::common::{Icon, Symbol, use_menu};

/// Props of [`ExamplesMenu`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct ExamplesMenuProps {
    /// What is open.
    pub title: AttrValue,
}

/// A button with a menu: arrow keys move, Enter opens, Escape closes.
#[component]
pub(crate) fn ExamplesMenu(props: &ExamplesMenuProps) -> Html {
    let menu = use_menu();
    let list = use_node_ref();
    {
        let list = list.clone();
        use_effect_with(menu.is_open, move |is_open| {
            if *is_open {
                focus_item(&list, |_, _| 0);
            }
        });
    }
    let on_keydown = {
        let list = list.clone();
        Callback::from(move |event: KeyboardEvent| {
            match event.key().as_str() {
                "ArrowDown" => focus_item(&list, |at, count| (at + 1) % count),
                "ArrowUp" => focus_item(&list, |at, count| (at + count - 1) % count),
                "Home" => focus_item(&list, |_, _| 0),
                "End" => focus_item(&list, |_, count| count - 1),
                _ => return,
            }
            event.prevent_default();
        })
    };
    html! {
        <div class="menu" onfocusout={menu.on_focus_out} onkeydown={menu.on_keydown}>
            <button ref={menu.button} type="button" class="button button-quiet menu-button" onclick={menu.on_toggle}
                aria-haspopup="menu" aria-expanded={menu.is_open.to_string()}
                aria-label={format!("Examples: {}", props.title)}
                title="Open an example">
                <span class="menu-title">{ props.title.clone() }</span><Icon symbol={Symbol::Chevron} />
            </button>
            if menu.is_open {
                <div ref={list} class="menu-list" tabindex="-1" role="menu" aria-label="Examples" onkeydown={on_keydown}>
                    { for EXAMPLES.iter().map(|example| html! {
                        <ExampleItem key={example.slug} example={*example} on_close={menu.close.clone()} />
                    }) }
                </div>
            }
        </div>
    }
}

/// Props of [`ExampleItem`].
#[derive(Clone, PartialEq, Properties)]
struct ExampleItemProps {
    example: Example,
    on_close: Callback<()>,
}

#[component]
fn ExampleItem(props: &ExampleItemProps) -> Html {
    let commands = use_commands();
    let on_click = {
        let (example, on_close) = (props.example, props.on_close.clone());
        Callback::from(move |_| {
            on_close.emit(());
            commands.open(example.snapshot(), false);
        })
    };
    html! {
        <button type="button" class="menu-item" role="menuitem" tabindex="-1" onclick={on_click}>
            <span class="menu-item-title">{ props.example.title }</span>
            <span class="menu-item-about">{ props.example.about }</span>
        </button>
    }
}

/// Puts the focus on another item, given the position of the focused one and the number of items.
fn focus_item(list: &NodeRef, next: impl FnOnce(usize, usize) -> usize) {
    let Some(list) = list.cast::<Element>() else { return };
    let items = list.children();
    let count = items.length() as usize;
    if count == 0 {
        return;
    }
    let active = gloo::utils::document().active_element();
    let at = (0..items.length()).position(|at| items.item(at) == active).unwrap_or(0);
    let next = u32::try_from(next(at, count)).unwrap_or(0);
    if let Some(item) = items.item(next) {
        focus::element(&item);
    }
}
