//! The dialog that hands the document on: as a link, as something to put into a page, as a file.

use std::rc::Rc;

use asl_protocol::{FileKind, FilesReply, FilesRequest};
use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::by_ptr::ByPtr;
use crate::commands::{Commands, Included, use_commands};
use crate::interop::{clipboard, files_worker, location};
use crate::state::{Dialog, FileFound, NoticeKind};

use super::common::{DialogFrame, Icon, Symbol, on_checked};

/// How long a button says that it copied.
const SAID_FOR_MS: u32 = 1500;
/// What a link begins with.
const EVERYTHING: Included = Included {
    input: true,
    mocks: true,
    moment: false,
    shorten: false,
    redact: false,
};

/// A link, written.
#[derive(Clone, Debug, Default, PartialEq)]
struct Link {
    /// Empty where there is none.
    address: String,
    fragment: String,
    length: u32,
    rating: String,
    is_short: bool,
    has_account_ids: bool,
}

/// What a link can be copied as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Link,
    Markdown,
    Frame,
    Element,
    Picture,
}

impl Form {
    const OTHERS: [Form; 4] = [Form::Markdown, Form::Frame, Form::Element, Form::Picture];

    fn label(self) -> &'static str {
        match self {
            Form::Link => "Copy link",
            Form::Markdown => "Markdown",
            Form::Frame => "<iframe>",
            Form::Element => "<asl-playground>",
            Form::Picture => "SVG and link",
        }
    }
}

/// The dialog.
#[component]
pub(crate) fn ShareDialog() -> Html {
    let commands = use_commands();
    let included = use_state(|| EVERYTHING);
    let link = use_state(|| None::<ByPtr<Link>>);
    let copied = use_state(|| None::<Form>);
    {
        let (commands, link) = (commands.clone(), link.setter());
        use_effect_with(*included, move |included| {
            let request = FilesRequest::WriteLink {
                document: commands.shared_document(*included),
                shorten: included.shorten,
                redact: included.redact,
            };
            spawn_local(async move { link.set(Some(ByPtr::new(written(files_worker::ask(&request).await)))) });
        });
    }
    let on_copy = {
        let (commands, link, copied) = (commands.clone(), (*link).clone(), copied.setter());
        Callback::from(move |form: Form| {
            if let Some(link) = link.clone() {
                copy(Rc::clone(&commands), link, form, copied.clone());
            }
        })
    };
    let on_save = {
        let commands = commands.clone();
        Callback::from(move |_| commands.save_file(FileKind::Playground))
    };
    let open = |dialog: Dialog| {
        let commands = commands.clone();
        Callback::from(move |_| commands.show_dialog(Some(dialog.clone())))
    };
    let is_ready = link.as_ref().is_some_and(|link| !link.address.is_empty());
    let copy_button = |form: Form| {
        let on_copy = on_copy.clone();
        let is_copied = *copied == Some(form);
        let symbol = if is_copied { Symbol::Check } else { Symbol::Copy };
        let class = classes!("button", (form == Form::Link).then_some("button-primary"));
        html! {
            <button key={form.label()} type="button" {class} disabled={!is_ready}
                onclick={Callback::from(move |_| on_copy.emit(form))}>
                <Icon {symbol} /><span>{ if is_copied { "Copied" } else { form.label() } }</span>
            </button>
        }
    };
    html! {
        <DialogFrame title="Share">
            <div class="share-link">
                <input class="share-address" readonly={true} aria-label="Link"
                    value={link.as_ref().map(|link| link.address.clone()).unwrap_or_default()} onfocus={|event: FocusEvent| select_all(&event)} />
                { copy_button(Form::Link) }
            </div>
            { rating(link.as_ref()) }
            <fieldset class="share-choices">
                <legend>{ "Include" }</legend>
                { check("Input", included.input, &included, |included, on| included.input = on) }
                { check("Mocks", included.mocks, &included, |included, on| included.mocks = on) }
                { check("What is selected", included.moment, &included, |included, on| included.moment = on) }
                { check("Shorten: leave out white space", included.shorten, &included, |included, on| included.shorten = on) }
            </fieldset>
            { account_ids(link.as_ref(), &included) }
            <h3>{ "Copy as" }</h3>
            <div class="share-forms">{ for Form::OTHERS.into_iter().map(copy_button) }</div>
            <div class="share-foot">
                <button type="button" class="button" onclick={on_save}>
                    <Icon symbol={Symbol::Save} /><span>{ "Download .aslplay.json" }</span>
                </button>
                <button type="button" class="button" onclick={open(Dialog::Files(FileFound::Nothing))}>
                    <Icon symbol={Symbol::Open} /><span>{ "Files\u{2026}" }</span>
                </button>
                <button type="button" class="button" onclick={open(Dialog::GoLive)}>
                    <Icon symbol={Symbol::Live} /><span>{ "Go live on AWS\u{2026}" }</span>
                </button>
            </div>
            <p class="dialog-note">
                { "Nothing is uploaded. The link itself contains your state machine; anyone with the link can read it." }
            </p>
        </DialogFrame>
    }
}

fn written(reply: FilesReply) -> Link {
    match reply {
        FilesReply::LinkWritten {
            fragment,
            length,
            rating,
            is_short,
            has_account_ids,
        } => {
            let base = location::address();
            let is_there = !fragment.is_empty();
            Link {
                address: if is_there {
                    [&base, "#", &fragment].concat()
                } else {
                    String::new()
                },
                length: if is_there {
                    length + u32::try_from(base.len()).unwrap_or(0) + 1
                } else {
                    0
                },
                fragment,
                rating,
                is_short,
                has_account_ids,
            }
        }
        FilesReply::Refused(refusal) => Link {
            rating: refusal.text,
            ..Link::default()
        },
        _ => Link::default(),
    }
}

/// Says how long the link is, and where such a link works.
fn rating(link: Option<&ByPtr<Link>>) -> Html {
    let text = match link {
        None => "Writing the link\u{2026}".to_owned(),
        Some(link) if link.length > 0 => format!("{} characters: {}", link.length, link.rating),
        Some(link) => link.rating.clone(),
    };
    let is_short = link.is_none_or(|link| link.is_short);
    html! { <p class="share-rating" role="status" data-short={is_short.to_string()}>{ text }</p> }
}

fn check(
    label: &'static str,
    is_on: bool,
    included: &UseStateHandle<Included>,
    change: fn(&mut Included, bool),
) -> Html {
    let included = included.clone();
    let on_change = on_checked(Callback::from(move |is_checked| {
        let mut next = *included;
        change(&mut next, is_checked);
        included.set(next);
    }));
    html! {
        <label class="check"><input type="checkbox" checked={is_on} onchange={on_change} /><span>{ label }</span></label>
    }
}

/// Points at account ids, which the reader may not want to publish.
fn account_ids(link: Option<&ByPtr<Link>>, included: &UseStateHandle<Included>) -> Html {
    if link.is_none_or(|link| !link.has_account_ids) {
        return Html::default();
    }
    if included.redact {
        return html! { <p class="share-accounts" role="status">{ "Account ids are 123456789012 in this link." }</p> };
    }
    let included = included.clone();
    let on_redact = Callback::from(move |_| {
        included.set(Included {
            redact: true,
            ..*included
        });
    });
    html! {
        <p class="share-accounts">
            <span>{ "The document names AWS account ids." }</span>
            <button type="button" class="button button-small" onclick={on_redact}>
                { "Replace account ids with 123456789012" }
            </button>
        </p>
    }
}

/// Copies the link in a form, and puts it into the address bar.
fn copy(commands: Rc<Commands>, link: ByPtr<Link>, form: Form, copied: UseStateSetter<Option<Form>>) {
    location::replace_fragment(&link.fragment);
    spawn_local(async move {
        let title = commands.title();
        let picture = match form {
            Form::Picture => commands.picture().await.unwrap_or_default(),
            _ => String::new(),
        };
        let text = text_of(form, &link.address, &link.fragment, &title, &picture);
        if clipboard::copy(&text).await {
            copied.set(Some(form));
            Timeout::new(SAID_FOR_MS, move || copied.set(None)).forget();
        } else {
            commands.show_dialog(None);
            commands.notice(
                NoticeKind::Info,
                "This browser does not let the page copy. The link is in the address bar: copy it from there.",
            );
        }
    });
}

fn text_of(form: Form, address: &str, fragment: &str, title: &str, picture: &str) -> String {
    let base = address.split('#').next().unwrap_or_default();
    let base = base.strip_suffix("index.html").unwrap_or(base);
    let name = escaped(title);
    match form {
        Form::Link => address.to_owned(),
        Form::Markdown => format!("[{}]({address})", markdown(title)),
        Form::Frame => format!(
            "<iframe src=\"{base}embed.html?view=split&amp;theme=auto#{fragment}\" title=\"{name}\" loading=\"lazy\" \
             referrerpolicy=\"no-referrer\" allow=\"clipboard-write\" style=\"width:100%;height:420px;border:0\"></iframe>"
        ),
        Form::Element => format!(
            "<script type=\"module\" src=\"{base}embed/v1.js\"></script>\n<asl-playground link=\"{fragment}\" \
             view=\"split\" height=\"420\"><a href=\"{address}\">{name}</a></asl-playground>"
        ),
        Form::Picture => format!("<a href=\"{address}\" title=\"Open {name} in the ASL Playground\">\n{picture}\n</a>"),
    }
}

/// Returns a text as it stands in HTML, between tags or in quotes.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            character => out.push(character),
        }
    }
    out
}

/// Returns a text as it stands in the brackets of a Markdown link.
fn markdown(text: &str) -> String {
    let mut out = String::new();
    for character in text.chars() {
        if character.is_ascii_punctuation() {
            out.push('\\');
        }
        out.push(if character.is_control() { ' ' } else { character });
    }
    out
}

fn select_all(event: &FocusEvent) {
    let input = event
        .target()
        .and_then(|input| input.dyn_into::<HtmlInputElement>().ok());
    if let Some(input) = input {
        input.select();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TITLE: &str = "A](x) <b>\"&'";

    fn text(form: Form) -> String {
        text_of(form, "https://h/p/#v1.d.x.0", "v1.d.x.0", TITLE, "<svg></svg>")
    }

    #[test]
    fn a_title_stays_a_title_in_every_form() {
        assert_eq!(text(Form::Link), "https://h/p/#v1.d.x.0");
        assert_eq!(
            text(Form::Markdown),
            "[A\\]\\(x\\) \\<b\\>\\\"\\&\\'](https://h/p/#v1.d.x.0)"
        );
        for form in [Form::Frame, Form::Element, Form::Picture] {
            let text = text(form);
            assert!(text.contains("A](x) &lt;b&gt;&quot;&amp;&#39;"), "{text}");
            assert!(!text.contains("<b>"), "{text}");
        }
    }

    #[test]
    fn what_is_embedded_lies_beside_the_page() {
        assert!(text(Form::Frame).contains("src=\"https://h/p/embed.html?view=split&amp;theme=auto#v1.d.x.0\""));
        assert!(text(Form::Element).contains("src=\"https://h/p/embed/v1.js\""));
    }
}
